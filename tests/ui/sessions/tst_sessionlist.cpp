// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionlist.h"

#include "sessions/sessiondelegate.h"

#include "ui/uifixture.h"

#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QPainter>
#include <QSignalBlocker>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Counts what is drawn.
class CountingDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        ++drawn;
        m_own.paint(painter, option, index);
    }
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return m_own.sizeHint(option, index);
    }

    mutable int drawn = 0;

private:
    SessionDelegate m_own;
};

} // namespace

class TestSessionList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void choosesTheFirstThatComes();
    void keepsTheChoiceWhenASessionChangesItsGroup();
    void keepsTheChoiceWhileItMatches();
    void goesFromOneThatNeedsAPersonToTheNext();
    void enterAsksForWhatTheStateAsks();
    void menuIsForTheChosenSession();
    void drawsEachMood();
    void aChangeAmongAThousandIsSoonDrawn();

private:
    void open();
    void needCode(const QString &name);
    [[nodiscard]] QString chosen() const;

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<SessionList> m_list;
};

void TestSessionList::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_list = std::make_unique<SessionList>(m_desk->sessions());
}

void TestSessionList::cleanup()
{
    m_list.reset();
    m_desk.reset();
}

void TestSessionList::open()
{
    m_list->resize(400, 700);
    m_list->show();
    QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
}

void TestSessionList::needCode(const QString &name)
{
    m_desk->signIn(name);
    m_desk->client(name).answer(CodeAsked{secret("ticket")});
}

QString TestSessionList::chosen() const
{
    return m_list->chosen() ? m_list->chosen()->account().name : QString();
}

void TestSessionList::choosesTheFirstThatComes()
{
    QVERIFY(!m_list->chosen());
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"lab"_s);
    QCOMPARE(chosen(), u"prod"_s);
    m_desk->sessions().forget(u"prod"_s);
    QCOMPARE(chosen(), u"lab"_s);
}

void TestSessionList::keepsTheChoiceWhenASessionChangesItsGroup()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        m_desk->signedIn(name);
    m_list->choose(u"c"_s);
    const QSignalSpy changed(m_list.get(), &SessionList::chosenChanged);
    m_desk->session(u"c"_s).refreshNow();
    m_desk->refuse(u"c"_s, AuthError::Type::Expired);
    QCOMPARE(m_list->currentIndex().row(), 0);
    QCOMPARE(chosen(), u"c"_s);
    QCOMPARE(changed.count(), 0);
    QVERIFY(m_list->selectionModel()->isSelected(m_list->currentIndex()));
}

void TestSessionList::keepsTheChoiceWhileItMatches()
{
    for (const QString &name : {u"lab"_s, u"prod-1"_s, u"prod-2"_s, u"test"_s})
        m_desk->signedIn(name);
    m_list->choose(u"prod-2"_s);
    const QSignalSpy changed(m_list.get(), &SessionList::chosenChanged);
    m_list->setFilter(u"prod"_s);
    QCOMPARE(chosen(), u"prod-2"_s);
    m_list->setFilter(u"prod-1"_s);
    QCOMPARE(chosen(), u"prod-1"_s);
    m_list->setFilter(u"nowhere"_s);
    QVERIFY(m_list->isEmpty() && !m_list->chosen());
    m_list->setFilter({});
    QCOMPARE(chosen(), u"lab"_s);
    QCOMPARE(changed.count(), 4);
}

void TestSessionList::goesFromOneThatNeedsAPersonToTheNext()
{
    m_desk->signedIn(u"a"_s);
    needCode(u"b"_s);
    needCode(u"c"_s);
    QCOMPARE(chosen(), u"a"_s);
    QStringList visited;
    for (int i = 0; i < 3; ++i) {
        m_list->chooseNextInTrouble();
        visited.append(chosen());
    }
    QCOMPARE(visited, QStringList({u"b"_s, u"c"_s, u"b"_s}));
}

void TestSessionList::enterAsksForWhatTheStateAsks()
{
    const QSignalSpy asked(m_list.get(), &SessionList::primaryRequested);
    open();
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QCOMPARE(asked.count(), 0);
    m_desk->signedIn(u"prod"_s);
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QTest::keyClick(m_list.get(), Qt::Key_Enter);
    QCOMPARE(asked.count(), 2);
}

void TestSessionList::menuIsForTheChosenSession()
{
    m_desk->signedIn(u"a"_s);
    m_desk->signedIn(u"b"_s);
    const QSignalSpy asked(m_list.get(), &SessionList::menuRequested);
    open();
    const auto open = [this](QContextMenuEvent::Reason reason, QPoint at) {
        QContextMenuEvent event(reason, at, m_list->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(m_list->viewport(), &event);
    };
    const QPoint second = m_list->visualRect(m_list->model()->index(1, 0)).center();
    QTest::mouseClick(m_list->viewport(), Qt::RightButton, {}, second);
    open(QContextMenuEvent::Mouse, second);
    QCOMPARE(chosen(), u"b"_s);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toPoint(), m_list->viewport()->mapToGlobal(second));
    open(QContextMenuEvent::Mouse, QPoint(5, 690)); // on nothing
    QCOMPARE(asked.count(), 1);
    open(QContextMenuEvent::Keyboard, QPoint(0, 0));
    QCOMPARE(asked[1][0].toPoint(), m_list->viewport()->mapToGlobal(second));
}

// Left to right and right to left, selected or not: nothing is left out, and nothing warns.
void TestSessionList::drawsEachMood()
{
    m_desk->signedIn(u"well"_s);
    m_desk->signedIn(u"out"_s).signOut();
    m_desk->signIn(u"busy"_s);
    needCode(u"code"_s);
    m_desk->signedIn(u"ended"_s).refreshNow();
    m_desk->refuse(u"ended"_s, AuthError::Type::Expired);
    m_desk->signedIn(u"outage"_s).refreshNow();
    m_desk->refuse(u"outage"_s, AuthError::Type::Offline);
    open();
    const QImage fromLeft = m_list->grab().toImage();
    m_list->setLayoutDirection(Qt::RightToLeft);
    const QImage fromRight = m_list->grab().toImage();
    QVERIFY(fromLeft != fromRight);
    m_list->chooseNextInTrouble();
    QVERIFY(m_list->grab().toImage() != fromRight);
}

void TestSessionList::aChangeAmongAThousandIsSoonDrawn()
{
    CountingDelegate counting;
    m_list.reset();
    {
        const QSignalBlocker quiet(&m_desk->sessions()); // or each would have all saved anew
        for (int i = 0; i < 1000; ++i)
            m_desk->signedIn(u"session-%1"_s.arg(i));
    }
    m_list = std::make_unique<SessionList>(m_desk->sessions());
    m_list->setItemDelegate(&counting);
    open();
    QCoreApplication::processEvents();
    QList<qint64> spans;
    for (int i = 0; i < 11; ++i) {
        const QString name = u"session-%1"_s.arg(i * 90);
        m_desk->session(name).refreshNow();
        QCoreApplication::processEvents();
        counting.drawn = 0;
        QElapsedTimer timer;
        timer.start();
        m_desk->refuse(name, AuthError::Type::Offline); // goes to another group
        m_list->viewport()->repaint();
        spans.append(timer.elapsed());
        QVERIFY(counting.drawn < 60); // those that can be seen
        counting.drawn = 0;
        QTRY_VERIFY(counting.drawn > 0); // by itself as well
    }
    std::ranges::sort(spans);
#ifdef __SANITIZE_ADDRESS__
    const qint64 most = 160;
#else
    const qint64 most = 16;
#endif
    QVERIFY2(spans[spans.size() / 2] < most, qPrintable(QString::number(spans[spans.size() / 2])));
    m_list.reset(); // before the delegate
}

QTEST_MAIN(TestSessionList)
#include "tst_sessionlist.moc"
