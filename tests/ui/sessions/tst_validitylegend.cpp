// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validitylegend.h"

#include "ui/uifixture.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Sign = ValidityLegend::Sign;

class TestValidityLegend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsOfWhatIsOnTheLineAlone();
    void goesOnInAnotherLine();
};

void TestValidityLegend::tellsOfWhatIsOnTheLineAlone()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    const auto signs = [&] {
        return ValidityLegend(ValidityLine::of(session.snapshot()), QFont()).signs();
    };
    QCOMPARE(signs(), QList<Sign>({Sign::Good, Sign::Foreseen, Sign::Refresh}));
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Offline);
    desk.advance(2h);
    QVERIFY(signs().contains(Sign::Outage) && !signs().contains(Sign::SignInEnd));
    SessionSnapshot ending = session.snapshot();
    ending.refreshEnd = ending.takenAt + 1h;
    QVERIFY(ValidityLegend(ValidityLine::of(ending), QFont()).signs().contains(Sign::SignInEnd));
}

void TestValidityLegend::goesOnInAnotherLine()
{
    QCOMPARE(ValidityLegend().heightFor(1000), 0);
    UiFixture desk;
    const ValidityLegend legend(ValidityLine::of(desk.signedIn(u"prod"_s).snapshot()), QFont());
    const int line = legend.heightFor(1000);
    QVERIFY(line > 0);
    QVERIFY(legend.heightFor(100) > 3 * line);
}

QTEST_MAIN(TestValidityLegend)
#include "tst_validitylegend.moc"
