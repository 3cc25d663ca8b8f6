// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/vaultstate.h"

#include "base/overloaded.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(latchkey::VaultState)

namespace {

QString nameOf(const VaultWish &wish)
{
    return std::visit(Overloaded{
                          [](const wish::Nothing &) { return u"nothing"_s; },
                          [](const wish::Read &) { return u"read"_s; },
                          [](const wish::Write &) { return u"write"_s; },
                          [](const wish::Erase &) { return u"erase"_s; },
                      },
        wish);
}

template<typename Work> QString withNext(const QString &name, const Work &work)
{
    return work.next ? name + u", then "_s + nameOf(*work.next) : name;
}

QString nameOf(const VaultState &state)
{
    return std::visit(
        Overloaded{
            [](const vaultstate::Idle &s) { return s.isKept ? u"kept"_s : u"idle"_s; },
            [](const vaultstate::Reading &s) { return withNext(u"reading"_s, s); },
            [](const vaultstate::Writing &s) { return withNext(u"writing"_s, s); },
            [](const vaultstate::Erasing &s) { return withNext(u"erasing"_s, s); },
            [](const vaultstate::Failed &s) { return u"failed to "_s + nameOf(s.wish); },
        },
        state);
}

} // namespace

class TestVaultState final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void everyCell_data();
    void everyCell();
    void newestWishWins_data();
    void newestWishWins();
    void pausesGrow();
    void troubleKeepsItsBeginning();
    void troubleIsToldWhileItIsTriedAgain();

private:
    [[nodiscard]] VaultEvent eventOf(const QString &name) const;

    FakeClock m_clock;
    const VaultWish m_write = wish::Write{secret("record")};
};

void TestVaultState::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
}

VaultEvent TestVaultState::eventOf(const QString &name) const
{
    if (name == "done"_L1 || name == "found nothing"_L1)
        return vaultevent::Done{name == "found nothing"_L1};
    if (name == "broke"_L1)
        return vaultevent::Broke{StoreError::DiskFull, wish::Erase{}};
    if (name == "damaged"_L1)
        return vaultevent::Broke{StoreError::Damaged, wish::Read{}};
    if (name == "try again"_L1)
        return vaultevent::TryAgain{};
    if (name == "read"_L1)
        return VaultWish(wish::Read{});
    if (name == "write"_L1)
        return m_write;
    return name == "erase"_L1 ? VaultWish(wish::Erase{}) : VaultWish(wish::Nothing{});
}

//! THE table: state, event, next state, what begins. Empty means that nothing changes.
void TestVaultState::everyCell_data()
{
    QTest::addColumn<VaultState>("state");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("next");
    QTest::addColumn<QString>("begun");

    const VaultState failed =
        vaultstate::Failed{m_write, {StoreError::DiskFull, m_clock.now()}, m_clock.now() + 5s};
    struct Cell {
        VaultState state;
        const char *event;
        const char *next;
        const char *begun;
    };
    const Cell cells[] = {
        {vaultstate::Idle{}, "nothing", "idle", ""},
        {vaultstate::Idle{}, "read", "reading", "read"},
        {vaultstate::Idle{}, "write", "writing", "write"},
        {vaultstate::Idle{}, "erase", "erasing", "erase"},
        {vaultstate::Idle{}, "done", "", ""},
        {vaultstate::Idle{}, "broke", "", ""},
        {vaultstate::Idle{}, "try again", "", ""},
        {vaultstate::Reading{}, "nothing", "reading, then nothing", ""},
        {vaultstate::Reading{}, "write", "reading, then write", ""},
        {vaultstate::Reading{}, "erase", "reading, then erase", ""},
        {vaultstate::Reading{}, "done", "kept", ""},
        {vaultstate::Reading{}, "found nothing", "idle", ""},
        {vaultstate::Reading{}, "broke", "failed to erase", ""},
        {vaultstate::Reading{}, "damaged", "idle", ""},
        {vaultstate::Reading{}, "try again", "", ""},
        {vaultstate::Writing{}, "read", "writing, then read", ""},
        {vaultstate::Writing{}, "write", "writing, then write", ""},
        {vaultstate::Writing{}, "erase", "writing, then erase", ""},
        {vaultstate::Writing{}, "done", "kept", ""},
        {vaultstate::Writing{}, "broke", "failed to erase", ""},
        {vaultstate::Writing{}, "try again", "", ""},
        {vaultstate::Erasing{}, "write", "erasing, then write", ""},
        {vaultstate::Erasing{}, "done", "idle", ""},
        {vaultstate::Erasing{}, "broke", "failed to erase", ""},
        {failed, "nothing", "idle", ""},
        {failed, "read", "reading", "read"},
        {failed, "write", "writing", "write"},
        {failed, "erase", "erasing", "erase"},
        {failed, "try again", "writing", "write"},
        {failed, "done", "", ""},
        {failed, "broke", "", ""},
    };
    for (const Cell &cell : cells) {
        QTest::addRow("%s, %s", qPrintable(nameOf(cell.state)), cell.event)
            << cell.state << QString::fromLatin1(cell.event) << QString::fromLatin1(cell.next)
            << QString::fromLatin1(cell.begun);
    }
}

void TestVaultState::everyCell()
{
    QFETCH(const VaultState, state);
    QFETCH(const QString, event);
    QFETCH(const QString, next);
    QFETCH(const QString, begun);
    const auto step = latchkey::step(state, eventOf(event), m_clock.now());
    QCOMPARE(step ? nameOf(step->state) : QString(), next);
    QCOMPARE(step && step->begin ? nameOf(*step->begin) : QString(), begun);
}

void TestVaultState::newestWishWins_data()
{
    QTest::addColumn<QString>("outcome");

    QTest::newRow("done") << u"done"_s;
    QTest::newRow("broke") << u"broke"_s;
    QTest::newRow("damaged") << u"damaged"_s;
}

void TestVaultState::newestWishWins()
{
    QFETCH(const QString, outcome);
    VaultState state = vaultstate::Writing{};
    for (const char *wish : {"erase", "read", "write"})
        state = step(state, eventOf(QString::fromLatin1(wish)), m_clock.now())->state;
    const auto next = step(state, eventOf(outcome), m_clock.now());
    QCOMPARE(nameOf(next->state), u"writing"_s);
    QCOMPARE(nameOf(*next->begin), u"write"_s);
}

void TestVaultState::pausesGrow()
{
    VaultState state = vaultstate::Writing{};
    for (const auto pause : {5s, 10s, 20s, 40s, 60s, 60s}) {
        const auto failed =
            step(state, vaultevent::Broke{StoreError::DiskFull, m_write}, m_clock.now());
        QVERIFY(std::get<vaultstate::Failed>(failed->state).retryAt == m_clock.now() + pause);
        state = step(failed->state, vaultevent::TryAgain{}, m_clock.now())->state;
    }
}

void TestVaultState::troubleKeepsItsBeginning()
{
    const Instant began = m_clock.now();
    const VaultEvent broke = vaultevent::Broke{StoreError::DiskFull, m_write};
    VaultState state = step(vaultstate::Writing{}, broke, began)->state;
    m_clock.advance(1h);
    state = step(state, vaultevent::TryAgain{}, m_clock.now())->state;
    state = step(state, broke, m_clock.now())->state;
    QVERIFY(troubleOf(state)->since == began);
    state = step(state, vaultevent::TryAgain{}, m_clock.now())->state;
    state = step(state, vaultevent::Broke{StoreError::Locked, m_write}, m_clock.now())->state;
    QVERIFY(troubleOf(state)->since == m_clock.now());
}

void TestVaultState::troubleIsToldWhileItIsTriedAgain()
{
    QVERIFY(!troubleOf(vaultstate::Idle{}) && !troubleOf(vaultstate::Writing{}));
    VaultState state = vaultstate::Writing{};
    state = step(state, vaultevent::Broke{StoreError::Locked, m_write}, m_clock.now())->state;
    state = step(state, vaultevent::TryAgain{}, m_clock.now())->state;
    QVERIFY(troubleOf(state)->error == StoreError::Locked);
    state = step(state, vaultevent::Done{}, m_clock.now())->state;
    QVERIFY(!troubleOf(state));
}

QTEST_GUILESS_MAIN(TestVaultState)
#include "tst_vaultstate.moc"
