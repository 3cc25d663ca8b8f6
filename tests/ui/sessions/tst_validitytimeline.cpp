// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validitytimeline.h"

#include "ui/uifixture.h"

#include <QVBoxLayout>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestValidityTimeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void isAProgressBarWithASentence();
    void countsWhatTheLastDayWasLike();
    void isHiddenWhileThereIsNothingToShow();
    void fadesWhereNobodyKnowsTheEnd();
    void readsFromRightToLeft();
    void hasRoomForItsLegend();
};

void TestValidityTimeline::isAProgressBarWithASentence()
{
    UiFixture desk;
    const Session &session = desk.signedIn(u"prod"_s);
    ValidityTimeline timeline;
    timeline.setSnapshot(session.snapshot());
    auto *access = QAccessible::queryAccessibleInterface(&timeline);
    QCOMPARE(access->role(), QAccessible::ProgressBar);
    QCOMPARE(access->text(QAccessible::Name), u"Validity"_s);
    QCOMPARE(access->valueInterface()->currentValue().toInt(), 100);
    QVERIFY(
        accessible(&timeline, QAccessible::Description).startsWith(u"Access token good until "_s));
    QVERIFY(accessible(&timeline, QAccessible::Description).contains(u"Next refresh at "_s));
    desk.advance(15min);
    timeline.setSnapshot(session.snapshot());
    QCOMPARE(access->valueInterface()->currentValue().toInt(), 75);
    desk.clock().advance(2h);
    timeline.setSnapshot(session.snapshot());
    QCOMPARE(access->valueInterface()->currentValue().toInt(), 0);
    QVERIFY(
        accessible(&timeline, QAccessible::Description).startsWith(u"Access token expired at "_s));
}

void TestValidityTimeline::countsWhatTheLastDayWasLike()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    for (int number = 2; number <= 4; ++number) {
        desk.advance(10min);
        session.refreshNow();
        desk.grant(u"prod"_s, number);
    }
    desk.advance(10min);
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Offline);
    desk.clock().advance(1min);
    ValidityTimeline timeline;
    timeline.setSnapshot(session.snapshot());
    const QString sentence = accessible(&timeline, QAccessible::Description);
    QVERIFY2(
        sentence.contains(u"Refreshes in the last day: 3. Outages: 1."_s), qPrintable(sentence));
}

void TestValidityTimeline::isHiddenWhileThereIsNothingToShow()
{
    UiFixture desk;
    QWidget window;
    auto *timeline = new ValidityTimeline(&window);
    timeline->setSnapshot(desk.signIn(u"prod"_s).snapshot());
    QVERIFY(timeline->isHidden());
    timeline->setSnapshot(desk.signedIn(u"lab"_s).snapshot());
    QVERIFY(!timeline->isHidden());
}

void TestValidityTimeline::fadesWhereNobodyKnowsTheEnd()
{
    UiFixture desk;
    SessionSnapshot snapshot = desk.signedIn(u"prod"_s).snapshot();
    ValidityTimeline timeline;
    timeline.resize(timeline.sizeHint().width() * 2, timeline.sizeHint().height());
    const QPoint nearTheEnd(timeline.width() - 6, timeline.height() / 2);
    const QPoint nearTheBegin(6, timeline.height() / 2);
    const auto colorAt = [&](const QPoint &place) {
        timeline.setSnapshot(snapshot);
        return timeline.grab().toImage().pixelColor(place);
    };
    const auto distance = [&] {
        return std::abs(colorAt(nearTheEnd).blue() - colorAt(nearTheBegin).blue())
            + std::abs(colorAt(nearTheEnd).red() - colorAt(nearTheBegin).red());
    };
    QVERIFY(distance() < 12);
    snapshot.refreshEnd = snapshot.takenAt + 48h;
    QVERIFY(distance() > 30);
}

//! The rest of a token's life lies on the other side.
void TestValidityTimeline::readsFromRightToLeft()
{
    UiFixture desk;
    ValidityTimeline timeline;
    timeline.setSnapshot(desk.signedIn(u"prod"_s).snapshot());
    timeline.resize(timeline.sizeHint().width() * 2, timeline.sizeHint().height());
    const QPoint middle = timeline.rect().center();
    const QPoint aside(timeline.width() / 20, 0);
    const auto colorAt = [&](const QPoint &place) {
        return timeline.grab().toImage().pixelColor(place);
    };
    const QColor good = timeline.palette().color(QPalette::Highlight);
    QCOMPARE(colorAt(middle + aside), good);
    QVERIFY(colorAt(middle - aside) != good);
    timeline.setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(colorAt(middle - aside), good);
    QVERIFY(colorAt(middle + aside) != good);
}

void TestValidityTimeline::hasRoomForItsLegend()
{
    UiFixture desk;
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *timeline = new ValidityTimeline;
    layout->addWidget(timeline);
    layout->addStretch();
    timeline->setSnapshot(desk.signedIn(u"prod"_s).snapshot());
    window.resize(800, 400);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const int wide = timeline->height();
    QCOMPARE(wide, timeline->heightForWidth(timeline->width()));
    QVERIFY(wide > timeline->sizeHint().height());
    window.resize(timeline->minimumSizeHint().width(), 400);
    QTRY_VERIFY(timeline->height() > wide); // in more lines
}

QTEST_MAIN(TestValidityTimeline)
#include "tst_validitytimeline.moc"
