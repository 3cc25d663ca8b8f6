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
    const QStringList expected{u"Renewal started"_s, u"Could not renew yet"_s, u"Token renewed"_s,
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

void TestEventView::detailsTellTheCauseAndTheAppliancesWords()
{
    const QUuid request(u"{01234567-89ab-cdef-0123-456789abcdef}"_s);
    const auto events = EventView::of(snapshotWith({{now, Phase::Waiting, Cause::Failed,
        AuthError::Type::ServerBusy, 503, false, {request, u"Maintenance"_s, now + 5s}}}));
    const QString details = events.first().details;
    QVERIFY(details.contains(u"The appliance said: Maintenance"_s));
    QVERIFY(details.contains(u"503"_s));
    QVERIFY(details.contains(u"0123456789abcdef0123456789abcdef"_s));
    QVERIFY(details.contains(u"The appliance's time: "_s));

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
