// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionspage.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void filterIsWorkedByKeyboard_data();
    void filterIsWorkedByKeyboard();
    void saysThatNothingMatches();
    void showsWhomItIsToldToThoughFiltered();
    void enterDoesWhatTheStateAsks();
    void countsThoseInTrouble();
    void namesTheWorstFirst();
    void nextLeadsToThoseInTrouble();

private:
    void needCode(const QString &name);
    void end(const QString &name);
    void failToRenew(const QString &name);
    //! By the banner, and no more than that.
    [[nodiscard]] bool told(const QString &counts, const QString &needs) const
    {
        return words<QLabel>(*m_page).contains(u"<b>%1</b>&nbsp; %2\n"_s.arg(counts, needs));
    }
    [[nodiscard]] QString chosen() const { return m_page->chosen()->account().name; }
    [[nodiscard]] QLineEdit *filter() const { return find<QLineEdit>(*m_page, "Filter"); }
    [[nodiscard]] QListView *list() const { return find<QListView>(*m_page, "Sessions"); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<SessionsPage> m_page;
};

void TestSessionsPage::init()
{
    failOnUiWarning();
    qRegisterMetaType<Action>();
    m_desk = std::make_unique<UiFixture>();
    for (const QString &name : {u"lab"_s, u"prod"_s, u"test"_s})
        m_desk->signedIn(name);
    m_page = std::make_unique<SessionsPage>(m_desk->sessions(), shippedKinds());
    m_page->resize(900, 700);
    m_page->focusList();
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestSessionsPage::cleanup()
{
    m_page.reset();
    m_desk.reset();
}

void TestSessionsPage::needCode(const QString &name)
{
    m_desk->session(name).signIn(secret("password"), false);
    m_desk->client(name).answer(CodeAsked{secret("ticket")});
}

void TestSessionsPage::end(const QString &name)
{
    m_desk->session(name).refreshNow();
    m_desk->refuse(name, AuthError::Type::Expired);
}

void TestSessionsPage::failToRenew(const QString &name)
{
    m_desk->session(name).refreshNow();
    m_desk->refuse(name, AuthError::Type::Offline);
}

void TestSessionsPage::filterIsWorkedByKeyboard_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::newRow("Ctrl+F") << Qt::Key_F << Qt::KeyboardModifiers(Qt::ControlModifier);
    QTest::newRow("slash") << Qt::Key_Slash << Qt::KeyboardModifiers();
}

void TestSessionsPage::filterIsWorkedByKeyboard()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const Qt::KeyboardModifiers, modifiers);
    QVERIFY(list()->hasFocus());
    press(*m_page, key, modifiers);
    QVERIFY(filter()->hasFocus());
    type(*m_page, u"pr/"_s);
    QCOMPARE(filter()->text(), u"pr/"_s);
    press(*m_page, Qt::Key_Backspace);
    QCOMPARE(list()->model()->rowCount(), 1);
    QCOMPARE(chosen(), u"prod"_s);
    press(*m_page, Qt::Key_Escape);
    QVERIFY(filter()->text().isEmpty());
    QCOMPARE(list()->model()->rowCount(), 3);
    press(*m_page, Qt::Key_Down);
    QVERIFY(list()->hasFocus());
}

void TestSessionsPage::saysThatNothingMatches()
{
    QVERIFY(!words<QLabel>(*m_page).contains(u"Nothing matches"_s));
    filter()->setText(u"nowhere"_s);
    QVERIFY(words<QLabel>(*m_page).contains(u"Nothing matches"_s));
    QVERIFY(!m_page->chosen());
    QVERIFY(!find<QPushButton>(*m_page, "Copy token")); // of nothing
    filter()->clear();
    QVERIFY(!words<QLabel>(*m_page).contains(u"Nothing matches"_s));
    QVERIFY(find<QPushButton>(*m_page, "Copy token"));
}

void TestSessionsPage::showsWhomItIsToldToThoughFiltered()
{
    filter()->setText(u"lab"_s);
    m_page->choose(u"lab"_s);
    QCOMPARE(filter()->text(), u"lab"_s);
    m_page->choose(u"test"_s);
    QCOMPARE(chosen(), u"test"_s);
    QVERIFY(filter()->text().isEmpty());
}

void TestSessionsPage::enterDoesWhatTheStateAsks()
{
    const QSignalSpy asked(m_page.get(), &SessionsPage::actionRequested);
    m_page->choose(u"prod"_s);
    press(*m_page, Qt::Key_Return);
    needCode(u"prod"_s);
    press(*m_page, Qt::Key_Return);
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QCOMPARE(asked[0][1].value<Action>(), Action::CopyToken);
    QCOMPARE(asked[1][1].value<Action>(), Action::EnterCode);
}

void TestSessionsPage::countsThoseInTrouble()
{
    QVERIFY(!find<QPushButton>(*m_page, "Next"));
    end(u"prod"_s);
    QVERIFY(find<QPushButton>(*m_page, "Next"));
    QVERIFY(told(u"1 session needs you"_s, u"Ended by the appliance"_s));
    needCode(u"lab"_s);
    const QString both = u"Verification code needed · Ended by the appliance"_s;
    QVERIFY(told(u"2 sessions need you"_s, both));
    failToRenew(u"test"_s);
    QVERIFY(told(u"2 sessions need you, 1 session cannot renew"_s, both));
    m_desk->sessions().forget(u"lab"_s);
    m_desk->session(u"prod"_s).signOut();
    QVERIFY(told(u"1 session cannot renew"_s, {}));
    m_desk->session(u"test"_s).refreshNow();
    m_desk->grant(u"test"_s, 2);
    QVERIFY(!find<QPushButton>(*m_page, "Next"));
}

void TestSessionsPage::namesTheWorstFirst()
{
    m_desk->signedIn(u"away"_s, 2min);
    m_desk->advance(3min);
    m_desk->refuse(u"away"_s, AuthError::Type::Offline);
    QVERIFY(told(u"1 session cannot renew"_s, u"Cannot renew, token expired"_s));
    end(u"lab"_s);
    needCode(u"prod"_s);
    m_desk->session(u"test"_s).refreshNow();
    m_desk->client(u"test"_s).answer(Untrusted{aCertificate()});
    QVERIFY(told(u"3 sessions need you, 1 session cannot renew"_s,
        u"Certificate changed · Verification code needed · Ended by the appliance · "
        "Cannot renew, token expired"_s));
}

void TestSessionsPage::nextLeadsToThoseInTrouble()
{
    end(u"prod"_s);
    needCode(u"test"_s);
    m_desk->signedIn(u"away"_s);
    failToRenew(u"away"_s);
    filter()->setText(u"lab"_s);
    QCOMPARE(chosen(), u"lab"_s);
    click<QPushButton>(*m_page, "Next");
    QVERIFY(filter()->text().isEmpty());
    QCOMPARE(chosen(), u"prod"_s);
    click<QPushButton>(*m_page, "Next");
    QCOMPARE(chosen(), u"test"_s);
    click<QPushButton>(*m_page, "Next");
    QCOMPARE(chosen(), u"away"_s);
    click<QPushButton>(*m_page, "Next");
    QCOMPARE(chosen(), u"prod"_s);
}

QTEST_MAIN(TestSessionsPage)
#include "tst_sessionspage.moc"
