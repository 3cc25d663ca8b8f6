// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginwindow.h"

#include "signinfixture.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLoginWindow final : public SignInTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void signsInByKeyboardAlone();
    void aSecondEnterDoesNotCancel();
    void aSignInThatWaitsForARenewalIsUnderWay();
    void tellsWhatTheApplianceRefused();
    void anAddressCorrectedAfterAFailureReplacesTheFirst();
    void escapeTakesTheSignInBack();
    void cancelLeavesAnExistingSessionThere();
    void cancelLeavesASessionThatSomebodyElseSignedInTo();
    void closingLeavesAnOpenQuestionOpen();
    void opensAnExistingAccountAtItsPassword();
    void tellsTheFirstStepsOnce();
    void closedWithAnOpenQuestionItTellsNoFirstSteps();
    void fitsOnASmallScreen();
    void opensAtThePageThatTheStateAsksFor();
    void staysWhileTheBackgroundGoesOn();
};

void TestLoginWindow::signsInByKeyboardAlone()
{
    const QSignalSpy closed(m_window.get(), &QDialog::accepted);
    open();
    QCOMPARE(m_window->focusWidget(), field("Appliance"));
    type(*m_window, u"prod.example.com"_s);
    press(*m_window, Qt::Key_Tab);
    answerAs({{u"azure"_s, 443}});
    type(*m_window, u"operator"_s);
    press(*m_window, Qt::Key_Tab);
    type(*m_window, u"secret"_s);
    press(*m_window, Qt::Key_Tab);
    press(*m_window, Qt::Key_Space); // Keep me signed in
    press(*m_window, Qt::Key_Tab);
    press(*m_window, Qt::Key_Space); // More
    press(*m_window, Qt::Key_Tab);
    QCOMPARE(m_window->focusWidget(), field("Name"));
    press(*m_window, Qt::Key_Tab);
    QCOMPARE(m_window->focusWidget(), kindBox());
    press(*m_window, Qt::Key_Tab);
    press(*m_window, Qt::Key_Space); // Short-lived session
    press(*m_window, Qt::Key_Return);

    const Session &session = m_desk->session(u"prod"_s);
    QCOMPARE(session.phase(), Phase::SigningIn);
    QCOMPARE(session.account().server, QUrl(u"https://prod.example.com"_s));
    QVERIFY(!session.account().keepSignedIn);
    QVERIFY(m_desk->client(u"prod"_s).lastGrantAs<PasswordGrant>()->shortLived);
    QVERIFY(!find<QPushButton>(*m_window, "Sign in")->isEnabled());
    m_desk->grant(u"prod"_s, 1);
    QCOMPARE(closed.count(), 1);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::aSecondEnterDoesNotCancel()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    press(*m_window, Qt::Key_Return);
    press(*m_window, Qt::Key_Enter);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 1);
    QVERIFY(m_window->isVisible());
}

void TestLoginWindow::aSignInThatWaitsForARenewalIsUnderWay()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->session(u"prod"_s).refreshNow();
    m_window->openSession(u"prod"_s);
    open();
    type(*m_window, u"secret"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Refreshing);
    QVERIFY(!field("Password")->isEnabled());
    m_desk->grant(u"prod"_s, 2);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    m_desk->grant(u"prod"_s, 3);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::tellsWhatTheApplianceRefused()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    QVERIFY(!field("Password")->isEnabled());
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    QVERIFY(words().contains(u"refused the user name or the password"_s));
    QCOMPARE(secretField("Password")->secret(), secret("secret"));
    QCOMPARE(m_window->focusWidget(), field("Password"));
    QVERIFY(find<QPushButton>(*m_window, "Sign in")->isEnabled());

    type(*m_window, u"better"_s);
    press(*m_window, Qt::Key_Return);
    QVERIFY(!words().contains(u"refused"_s));
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::anAddressCorrectedAfterAFailureReplacesTheFirst()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(m_window->focusWidget(), field("Appliance"));
    field("Appliance")->setText(u"https://prod.example.org"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->sessions().rowCount(), 1);
    QCOMPARE(m_desk->session(u"prod"_s).account().server, QUrl(u"https://prod.example.org"_s));
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
}

void TestLoginWindow::escapeTakesTheSignInBack()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    press(*m_window, Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

void TestLoginWindow::cancelLeavesAnExistingSessionThere()
{
    m_desk->signedIn(u"prod"_s);
    m_window->openSession(u"prod"_s);
    open();
    type(*m_window, u"secret"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    click("Cancel");
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Active);
}

void TestLoginWindow::cancelLeavesASessionThatSomebodyElseSignedInTo()
{
    open();
    fillIn(u"wrong"_s);
    press(*m_window, Qt::Key_Return);
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    m_desk->session(u"prod"_s).signIn(secret("password"), false);
    m_desk->grant(u"prod"_s, 1);
    click("Cancel");
    const Session *session = m_desk->sessions().find(u"prod"_s);
    QVERIFY(session && session->phase() == Phase::Active);
}

void TestLoginWindow::closingLeavesAnOpenQuestionOpen()
{
    submitToCode();
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::CodeNeeded);

    LoginWindow again(m_desk->sessions(), m_desk->kinds());
    again.openSession(u"prod"_s);
    again.show();
    QVERIFY(find<QLineEdit>(again, "Verification code"));
}

void TestLoginWindow::opensAnExistingAccountAtItsPassword()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->session(u"prod"_s).signOut();
    m_window->openSession(u"prod"_s);
    open();
    QCOMPARE(m_window->focusWidget(), field("Password"));
    for (const char *name : {"Appliance", "User name", "Name"})
        QVERIFY2(!field(name), name);
    for (const QString &told :
        {u"prod\n"_s, u"operator at prod.example.com"_s, u"Veeam Backup for Microsoft Azure"_s})
        QVERIFY2(words().contains(told), qPrintable(words()));
    type(*m_window, u"secret"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    m_desk->grant(u"prod"_s, 2);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::opensAtThePageThatTheStateAsksFor()
{
    m_desk->signIn(u"code"_s);
    m_desk->client(u"code"_s).answer(CodeAsked{secret("ticket")});
    m_window->openSession(u"code"_s);
    open();
    QVERIFY(find<QPushButton>(*m_window, "Verify"));

    m_desk->signIn(u"trust"_s);
    m_desk->client(u"trust"_s).answer(Untrusted{aCertificate()});
    LoginWindow other(m_desk->sessions(), m_desk->kinds());
    other.openSession(u"trust"_s);
    other.show();
    QVERIFY(find<QPushButton>(other, "Trust this appliance"));
}

void TestLoginWindow::staysWhileTheBackgroundGoesOn()
{
    Session &session = m_desk->signedIn(u"prod"_s);
    m_window->openSession(u"prod"_s);
    open();
    type(*m_window, u"sec"_s);
    session.refreshNow();
    m_desk->grant(u"prod"_s, 2);
    QVERIFY(m_window->isVisible());
    QCOMPARE(secretField("Password")->secret(), secret("sec"));
}

void TestLoginWindow::tellsTheFirstStepsOnce()
{
    m_window->setFirstSteps({{[] { return false; },
                                 [](bool) {
                                     return true;
                                 }},
        true});
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(m_window->isVisible());
    QCOMPARE(field("Command for scripts")->text(), u"latchkeyctl token prod"_s);
    click("Done");
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Active);
}

void TestLoginWindow::closedWithAnOpenQuestionItTellsNoFirstSteps()
{
    m_window->setFirstSteps({{[] { return false; },
                                 [](bool) {
                                     return true;
                                 }},
        true});
    const QSignalSpy closed(m_window.get(), &QDialog::accepted);
    submitToCode();
    m_window->close();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::fitsOnASmallScreen()
{
    constexpr QSize small(960, 540);
    const auto fits = [&] {
        QCoreApplication::processEvents();
        return small.expandedTo(m_window->minimumSizeHint()) == small
            && small.expandedTo(m_window->size()) == small;
    };
    open();
    m_window->prefill(u"https://idp.example.com"_s, u"operator"_s);
    chooseKind(u"oauth2"_s);
    QVERIFY(fits());
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    Certificate changed = aCertificate();
    changed.fingerprint = anotherFingerprint();
    m_desk->client(u"prod"_s).answer(Untrusted{changed});
    m_window->openSession(u"prod"_s);
    test::click<QPushButton>(*m_window, "Paste to compare");
    QVERIFY(fits());
}

QTEST_MAIN(TestLoginWindow)
#include "tst_loginwindow.moc"
