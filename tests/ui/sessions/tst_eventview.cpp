// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/eventview.h"

#include "support/warnings.h"

#include <QMetaEnum>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const WallTime now{std::chrono::seconds(1767323045)};

SessionSnapshot snapshotWith(const QList<SessionHistory::Entry> &history)
{
    SessionSnapshot snapshot;
    snapshot.takenAt = now;
    snapshot.history = history;
    return snapshot;
}

} // namespace

class TestEventView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void tellsTheNewestFirst();
    void tellsTheDayOfWhatIsOlder();
    void tellsRepeatsOnce();
    void doesNotMixWhatDiffers();
    void staysTheSameEventAsItRepeats();
    void detailsTellTheCauseAndTheAppliancesWords();
    void eachCauseHasWordsOfItsOwn();
};

void TestEventView::tellsTheNewestFirst()
{
    const auto offline = AuthError::Type::Offline;
    const auto events = EventView::of(snapshotWith({{now, Phase::SigningIn},
        {now, Phase::CodeNeeded}, {now, Phase::SigningIn}, {now, Phase::Active},
        {now, Phase::Refreshing}, {now, Phase::Active}, {now, Phase::Refreshing},
        {now, Phase::Waiting, Cause::Failed, offline}, {now, Phase::Refreshing}}));
    QStringList words;
    for (const EventView &event : events)
        words.append(event.what.section(u'.', 0, 0));
    const QStringList expected{u"Refresh started"_s, u"Could not refresh"_s, u"Token refreshed"_s,
        u"Signed in"_s, u"Verification code sent"_s, u"Verification code asked for"_s,
        u"Sign-in started"_s};
    QCOMPARE(words, expected);
}

void TestEventView::tellsTheDayOfWhatIsOlder()
{
    const auto events =
        EventView::of(snapshotWith({{now - 48h, Phase::SignedOut}, {now, Phase::Active}}));
    QCOMPARE(events.first().when.size(), 8); // 12:34:56
    QVERIFY(events.last().when.size() > 8);
}

void TestEventView::tellsRepeatsOnce()
{
    const auto busy = AuthError::Type::ServerBusy;
    const auto events = EventView::of(snapshotWith({{now - 9s, Phase::Active, Cause::Granted},
        {now - 8s, Phase::Refreshing}, {now - 8s, Phase::Active, Cause::Granted},
        {now - 7s, Phase::Refreshing}, {now - 6s, Phase::Active, Cause::Granted},
        {now - 5s, Phase::Refreshing}, {now - 4s, Phase::Waiting, Cause::Failed, busy},
        {now - 3s, Phase::Refreshing}, {now - 2s, Phase::Waiting, Cause::Failed, busy}}));
    QCOMPARE(events.size(), 3);
    QCOMPARE(
        events[0].what, u"Could not refresh 2 times, last at %1"_s.arg(events[0].parts[0].when));
    QVERIFY(events[0].sentence().endsWith(events[0].why));
    QVERIFY(!events[0].why.isEmpty());
    QCOMPARE(events[1].what, u"Token refreshed 2 times, last at %1"_s.arg(events[1].parts[0].when));
    QCOMPARE(events[1].when, events[1].parts[1].when);
    QCOMPARE(events[1].parts[1].details, u"The appliance granted it."_s);
    QVERIFY(events[1].asText().contains(events[1].parts[0].asText()));
    QVERIFY(events[2].parts.isEmpty());
}

void TestEventView::doesNotMixWhatDiffers()
{
    using Type = AuthError::Type;
    const auto events =
        EventView::of(snapshotWith({{now, Phase::Waiting, Cause::Failed, Type::Offline},
            {now, Phase::Waiting, Cause::Failed, Type::ServerBusy}, {now, Phase::Refreshing},
            {now, Phase::Active, Cause::Granted},
            {now, Phase::Waiting, Cause::Failed, Type::Offline}}));
    QCOMPARE(events.size(), 4);
}

void TestEventView::staysTheSameEventAsItRepeats()
{
    QList<SessionHistory::Entry> history{
        {now - 9s, Phase::Refreshing}, {now - 9s, Phase::Active, Cause::Granted}};
    const auto once = EventView::of(snapshotWith(history));
    history.append({{now, Phase::Refreshing}, {now, Phase::Active, Cause::Granted}});
    const auto twice = EventView::of(snapshotWith(history));
    QCOMPARE(twice.size(), 1);
    QCOMPARE(twice.first().begin, once.first().begin);
}

void TestEventView::detailsTellTheCauseAndTheAppliancesWords()
{
    const QUuid request(u"{01234567-89ab-cdef-0123-456789abcdef}"_s);
    const auto events = EventView::of(snapshotWith({{now, Phase::Waiting, Cause::Failed,
        AuthError::Type::ServerBusy, 503, false, {request, u"Maintenance"_s, now + 5s}}}));
    const QString details = events.first().details;
    QVERIFY(details.contains(u"The appliance said: Maintenance"_s));
    QVERIFY(details.contains(u"503"_s));
    QVERIFY(details.startsWith(u"The appliance did not grant it."_s));
    QVERIFY(details.contains(u"0123456789abcdef0123456789abcdef"_s));
    QVERIFY(details.contains(u"The appliance's time: "_s));

    const auto silent = EventView::of(
        snapshotWith({{now, Phase::Waiting, Cause::Failed, AuthError::Type::Offline}}));
    QCOMPARE(silent.first().details, u"There was no answer."_s);

    const auto bare = EventView::of(snapshotWith({{now, Phase::Active, Cause::Restored}}));
    QCOMPARE(bare.first().details, u"The session was kept."_s);
}

void TestEventView::eachCauseHasWordsOfItsOwn()
{
    const QMetaEnum causes = QMetaEnum::fromType<Cause::Value>();
    QStringList words;
    for (int at = 0; at < causes.keyCount(); ++at) {
        const auto cause = static_cast<Cause::Value>(causes.value(at));
        words.append(EventView::of(snapshotWith({{now, Phase::Active, cause}})).first().details);
    }
    QCOMPARE(words.removeDuplicates(), 0);
    QVERIFY(!words.contains(QString()));
}

QTEST_MAIN(TestEventView)
#include "tst_eventview.moc"
