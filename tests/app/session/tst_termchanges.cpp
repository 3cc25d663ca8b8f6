// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/termchanges.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

namespace {

//! Who chose which policy.
using Choices = QList<std::pair<bool, HandOutPolicy::Value>>;
constexpr bool person = false;
constexpr bool program = true;

Account accountWith(HandOutPolicy::Value policy, const Fingerprint &pin = {})
{
    Account account = anAccount();
    account.policy = policy;
    account.pin = pin;
    return account;
}

} // namespace

class TestTermChanges final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void nothingChangedLeavesTheSeal();
    void policiesComeOnTopOfTheSeal_data();
    void policiesComeOnTopOfTheSeal();
    void pinComesOnTopOfTheSeal();
    void listedIsTheAccountBeforeTheFirstChange();
};

void TestTermChanges::nothingChangedLeavesTheSeal()
{
    const Account sealed = accountWith(HandOutPolicy::Ask, anotherFingerprint());
    QCOMPARE(TermChanges().appliedTo(sealed), sealed);
    QVERIFY(!TermChanges().listed);
}

void TestTermChanges::policiesComeOnTopOfTheSeal_data()
{
    QTest::addColumn<Choices>("choices");
    QTest::addColumn<HandOutPolicy::Value>("sealed");
    QTest::addColumn<HandOutPolicy::Value>("policy");
    using Policy = HandOutPolicy;
    const auto row = [](const char *name, const Choices &choices, Policy::Value sealed,
                         Policy::Value policy) {
        QTest::newRow(name) << choices << sealed << policy;
    };

    row("a person loosens", {{person, Policy::Allow}}, Policy::Never, Policy::Allow);
    row("a person tightens", {{person, Policy::Ask}}, Policy::Allow, Policy::Ask);
    row("a program tightens", {{program, Policy::Ask}}, Policy::Allow, Policy::Ask);
    row("a program loosens nothing", {{program, Policy::Ask}}, Policy::Never, Policy::Never);
    row("a program tightens twice", {{program, Policy::Ask}, {program, Policy::Never}},
        Policy::Allow, Policy::Never);
    row("a program takes back nothing", {{program, Policy::Never}, {program, Policy::Ask}},
        Policy::Allow, Policy::Never);
    row("a program says the same as a person", {{person, Policy::Allow}, {program, Policy::Allow}},
        Policy::Ask, Policy::Allow);
    row("a program says less than a person", {{person, Policy::Ask}, {program, Policy::Allow}},
        Policy::Never, Policy::Ask);
    row("a program tightens what a person chose", {{person, Policy::Allow}, {program, Policy::Ask}},
        Policy::Never, Policy::Ask);
    row("a person has the last word", {{program, Policy::Never}, {person, Policy::Allow}},
        Policy::Ask, Policy::Allow);
}

void TestTermChanges::policiesComeOnTopOfTheSeal()
{
    QFETCH(const Choices, choices);
    QFETCH(const HandOutPolicy::Value, sealed);
    TermChanges changes;
    for (const auto &[isLeast, policy] : choices)
        changes.notePolicy(anAccount(), policy, isLeast);
    const Account account = changes.appliedTo(accountWith(sealed, anotherFingerprint()));
    QTEST(account.policy, "policy");
    QCOMPARE(account.pin, anotherFingerprint());
}

void TestTermChanges::pinComesOnTopOfTheSeal()
{
    TermChanges changes;
    changes.notePin(anAccount(), anotherFingerprint());
    QCOMPARE(changes.appliedTo(accountWith(HandOutPolicy::Never)),
        accountWith(HandOutPolicy::Never, anotherFingerprint()));
}

void TestTermChanges::listedIsTheAccountBeforeTheFirstChange()
{
    TermChanges changes;
    changes.notePolicy(accountWith(HandOutPolicy::Ask), HandOutPolicy::Never, false);
    changes.notePin(accountWith(HandOutPolicy::Never), anotherFingerprint());
    QCOMPARE(*changes.listed, accountWith(HandOutPolicy::Ask));
}

QTEST_GUILESS_MAIN(TestTermChanges)
#include "tst_termchanges.moc"
