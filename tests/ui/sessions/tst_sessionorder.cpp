// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionorder.h"

#include "ui/uifixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTranslator>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void groupsByMoodAndSortsByName();
    void headsEachGroupWithItsCount();
    void headsOneAndManyEachInItsForm();
    void movesOneThatChangesItsGroup();
    void countsOneThatNeedNotMove();
    void putsThoseWithoutATokenFirst();
    void findsByNameUserServerAndState_data();
    void findsByNameUserServerAndState();
    void hasOneLineForThoseThatAreWellAmongMany();
    void speaks();

private:
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QStringList headings() const;
    void end(const QString &name);

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<SessionOrder> m_order;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSessionOrder::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_order = std::make_unique<SessionOrder>(m_desk->sessions());
    m_tester = std::make_unique<QAbstractItemModelTester>(m_order.get());
    m_desk->signedIn(u"prod-10"_s, 3h).signOut();
    m_desk->signedIn(u"Lab"_s, 3h);
    m_desk->signedIn(u"prod-2"_s, 3h);
    m_desk->signIn(u"new"_s, u"alenka"_s);
    m_desk->client(u"new"_s).answer(CodeAsked{secret("ticket")});
}

void TestSessionOrder::cleanup()
{
    m_tester.reset();
    m_order.reset();
    m_desk.reset();
}

QStringList TestSessionOrder::names() const
{
    QStringList names;
    for (int row = 0; row < m_order->rowCount(); ++row)
        names.append(m_order->index(row, 0).data().toString());
    return names;
}

QStringList TestSessionOrder::headings() const
{
    QStringList headings;
    for (int row = 0; row < m_order->rowCount(); ++row)
        headings.append(m_order->index(row, 0).data(SessionOrder::HeadingRole).toString());
    return headings;
}

void TestSessionOrder::end(const QString &name)
{
    m_desk->session(name).refreshNow();
    m_desk->refuse(name, AuthError::Type::Expired);
}

void TestSessionOrder::groupsByMoodAndSortsByName()
{
    m_desk->signedIn(u"prod-1"_s);
    m_desk->signedIn(u"b"_s).refreshNow();
    m_desk->refuse(u"b"_s, AuthError::Type::Offline);
    m_desk->signedIn(u"prod-11"_s);
    QCOMPARE(names(),
        QStringList(
            {u"new"_s, u"b"_s, u"Lab"_s, u"prod-1"_s, u"prod-2"_s, u"prod-11"_s, u"prod-10"_s}));
}

void TestSessionOrder::headsEachGroupWithItsCount()
{
    QCOMPARE(
        headings(), QStringList({u"Needs you (1)"_s, u"Signed in (2)"_s, {}, u"Signed out (1)"_s}));
}

//! In a language that has one word for one session and another for several.
void TestSessionOrder::headsOneAndManyEachInItsForm()
{
    class Forms final : public QTranslator {
    public:
        [[nodiscard]] bool isEmpty() const override { return false; }
        [[nodiscard]] QString translate(
            const char *, const char *text, const char *, int count) const override
        {
            const bool isHeading = count >= 0 && QString::fromLatin1(text).endsWith("(%n)"_L1);
            return isHeading ? (count == 1 ? u"One (%n)"_s : u"Many (%n)"_s) : QString();
        }
    } forms;
    QCoreApplication::installTranslator(&forms);
    QCOMPARE(headings(), QStringList({u"One (1)"_s, u"Many (2)"_s, {}, u"One (1)"_s}));
}

void TestSessionOrder::movesOneThatChangesItsGroup()
{
    const QPersistentModelIndex index = m_order->index(2, 0);
    QCOMPARE(index.data().toString(), u"prod-2"_s);
    end(u"prod-2"_s);
    QCOMPARE(names(), QStringList({u"new"_s, u"prod-2"_s, u"Lab"_s, u"prod-10"_s}));
    QCOMPARE(index.row(), 1);
    QCOMPARE(m_order->countOf(Mood::InNeed), 2);
}

void TestSessionOrder::countsOneThatNeedNotMove()
{
    QCOMPARE(m_order->countOf(Mood::WellOff), 2);
    m_desk->session(u"prod-2"_s)
        .signOut(); // the last of its group, and the first by name of the next
    QCOMPARE(
        headings(), QStringList({u"Needs you (1)"_s, u"Signed in (1)"_s, u"Signed out (2)"_s, {}}));
}

void TestSessionOrder::putsThoseWithoutATokenFirst()
{
    m_desk->signedIn(u"z"_s, 2min);
    m_desk->signedIn(u"b"_s);
    m_desk->advance(3min);
    m_desk->refuse(u"z"_s, AuthError::Type::Offline);
    m_desk->session(u"b"_s).refreshNow();
    m_desk->refuse(u"b"_s, AuthError::Type::Offline);
    QCOMPARE(names().mid(0, 3), QStringList({u"new"_s, u"z"_s, u"b"_s}));
    QCOMPARE(headings().mid(0, 3), QStringList({u"Needs you (1)"_s, u"Cannot renew (2)"_s, {}}));
}

void TestSessionOrder::findsByNameUserServerAndState_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("name") << u"PROD"_s << QStringList({u"prod-2"_s, u"prod-10"_s});
    QTest::newRow("user") << u"alenka"_s << QStringList({u"new"_s});
    QTest::newRow("server") << u"lab.example"_s << QStringList({u"Lab"_s});
    QTest::newRow("state") << u"code needed"_s << QStringList({u"new"_s});
    QTest::newRow("two words") << u" operator  out"_s << QStringList({u"prod-10"_s});
    QTest::newRow("none") << u"nowhere"_s << QStringList();
}

void TestSessionOrder::findsByNameUserServerAndState()
{
    QFETCH(const QString, words);
    m_order->setFilter(words);
    QTEST(names(), "found");
    m_order->setFilter({});
    QCOMPARE(m_order->rowCount(), 4);
}

void TestSessionOrder::hasOneLineForThoseThatAreWellAmongMany()
{
    const auto isCompact = [this](int row) {
        return m_order->index(row, 0).data(SessionOrder::CompactRole).toBool();
    };
    QVERIFY(!isCompact(1));
    while (m_order->rowCount() <= SessionOrder::mostAtEase)
        m_desk->signedIn(u"s%1"_s.arg(m_order->rowCount()));
    QVERIFY(!isCompact(0));
    QVERIFY(isCompact(1));
    QVERIFY(isCompact(m_order->rowCount() - 1));
}

void TestSessionOrder::speaks()
{
    const QModelIndex lab = m_order->index(1, 0);
    QCOMPARE(lab.data().toString(), u"Lab"_s);
    const QString spoken = u"Signed in, 3 h 0 min left, operator at lab.example.com"_s;
    QCOMPARE(lab.data(Qt::AccessibleDescriptionRole).toString(), spoken);
    QVERIFY(lab.data(Qt::ToolTipRole).toString().contains(u"Lab"_s));
    QVERIFY(lab.data(Qt::ToolTipRole).toString().contains(spoken));
}

QTEST_MAIN(TestSessionOrder)
#include "tst_sessionorder.moc"
