// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginform.h"

#include "signinfixture.h"
#include "support/peerconfiguration.h"
#include "widgets/plaintext.h"

#include <QPointer>
#include <QTimer>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLoginForm final : public SignInTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void hasTheLabelsOfTheContract();
    void kindIsAsWideAsTheOtherFields();
    void sendsThePasswordAsItIs();
    void tellsBadInputAtTheField_data();
    void tellsBadInputAtTheField();
    void marksOnlyTheFirstWrongField();
    void unfoldsForAWrongName();
    void tellsABadAddressOnceItIsLeft();
    void saysWhereItKeeps_data();
    void saysWhereItKeeps();
    void forgetsAProblemOnceTheFieldIsEdited();
    void suggestsANameFromTheHost_data();
    void suggestsANameFromTheHost();
    void leavesATypedNameAlone();
    void suggestsANameThatIsFree();
    void tellsAnUnknownKindAtItsField();
    void showsAnAddressThatOthersFilledInAsItIsSent();
    void showsAFilledInAddressFromItsBeginning();
    void signsInWithAClient();
    void wipesThePasswordWhenItCloses();
    void showsThePasswordUntilItIsSent();
    void fieldsHoldNeitherPasswordNorCode();
    void asksNothingWhileSomebodyIsTyping();
};

void TestLoginForm::hasTheLabelsOfTheContract()
{
    open();
    QCOMPARE(m_window->windowTitle(), u"Sign in"_s);
    for (const char *name : {"Appliance", "User name", "Password"})
        QVERIFY2(field(name), name);
    QVERIFY(!field("Name"));
    unfold();
    QVERIFY(field("Name"));
    QCOMPARE(kindBox()->accessibleName(), u"Kind"_s);
    for (const char *name : {"Keep me signed in", "Short-lived session"})
        QVERIFY2(find<QCheckBox>(*m_window, name), name);
    for (const char *name : {"Sign in", "Cancel"})
        QVERIFY2(find<QPushButton>(*m_window, name), name);
    QVERIFY(find<QCheckBox>(*m_window, "Keep me signed in")->isChecked());
    QVERIFY(!find<QCheckBox>(*m_window, "Short-lived session")->isChecked());
    QCOMPARE(field("Password")->echoMode(), QLineEdit::Password);
}

void TestLoginForm::kindIsAsWideAsTheOtherFields()
{
    open();
    unfold();
    QTRY_COMPARE(kindBox()->width(), field("Name")->width());
}

void TestLoginForm::sendsThePasswordAsItIs()
{
    open();
    fillIn(u"p+a ss&w=ö%25"_s);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<PasswordGrant>()->password.toString(),
        u"p+a ss&w=ö%25"_s);
}

void TestLoginForm::tellsBadInputAtTheField_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no host") << "Appliance"_ba << u"https://"_s << u"not the address"_s;
    QTest::newRow("no address") << "Appliance"_ba << u""_s << u"Enter the appliance's address"_s;
    QTest::newRow("no web address") << "Appliance"_ba << u"ftp://host"_s << u"not the address"_s;
    QTest::newRow("http") << "Appliance"_ba << u"http://host"_s << u"not sent over http"_s;
    QTest::newRow("no user") << "User name"_ba << u" "_s << u"Enter the user name that you have"_s;
    QTest::newRow("long address") << "Appliance"_ba << u"host/"_s + QString(2048, u'a')
                                  << u"up to 2048 characters"_s;
    QTest::newRow("long user") << "User name"_ba << QString(257, u'u') << u"up to 256 characters"_s;
    QTest::newRow("no password")
        << "Password"_ba << u""_s
        << u"Enter here the password that operator has on prod.example.com."_s;
    QTest::newRow("no name") << "Name"_ba << u""_s << u"Enter a short name"_s;
    QTest::newRow("bad name") << "Name"_ba << u"a b"_s << u"without spaces"_s;
    QTest::newRow("name taken") << "Name"_ba << u"lab"_s << u"Another appliance or user"_s;
}

void TestLoginForm::tellsBadInputAtTheField()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    m_desk->signedIn(u"lab"_s);
    open();
    fillIn();
    unfold();
    field(name.constData())->setText(text);
    click("Sign in");
    QVERIFY(words().contains(problem));
    QVERIFY(accessible(field(name.constData()), QAccessible::Description).contains(problem));
    QCOMPARE(m_window->focusWidget(), field(name.constData()));
    QCOMPARE(m_desk->sessions().rowCount(), 1);
}

void TestLoginForm::marksOnlyTheFirstWrongField()
{
    open();
    for (const char *name : {"Appliance", "User name", "Password"}) {
        press(*m_window, Qt::Key_Return);
        QCOMPARE(m_window->focusWidget(), field(name));
        for (const char *each : {"Appliance", "User name", "Password"}) {
            const bool isMarked = !field(each)->accessibleDescription().isEmpty();
            QCOMPARE(isMarked, qstrcmp(each, name) == 0);
        }
        type(*m_window, u"prod"_s);
    }
}

void TestLoginForm::forgetsAProblemOnceTheFieldIsEdited()
{
    open();
    press(*m_window, Qt::Key_Return);
    type(*m_window, u"h"_s);
    QVERIFY(field("Appliance")->accessibleDescription().isEmpty());
    QVERIFY(!words().contains(u"Enter the appliance's address"_s));
}

void TestLoginForm::suggestsANameFromTheHost_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("name");
    QTest::newRow("url") << u"https://prod-eu.example.com"_s << u"prod-eu"_s;
    QTest::newRow("host") << u"prod-eu.example.com/"_s << u"prod-eu"_s;
    QTest::newRow("single label") << u"vault:8443"_s << u"vault"_s;
    QTest::newRow("address") << u"https://10.0.0.7:443"_s << u"10.0.0.7"_s;
    QTest::newRow("loopback") << u"http://127.0.0.1:8080"_s << u"127.0.0.1"_s;
    QTest::newRow("nothing yet") << u"https://"_s << QString();
}

void TestLoginForm::suggestsANameFromTheHost()
{
    QFETCH(const QString, server);
    open();
    unfold();
    type(*m_window, server);
    QTEST(field("Name")->text(), "name");
}

void TestLoginForm::leavesATypedNameAlone()
{
    open();
    unfold();
    type(*m_window, u"prod.example.com"_s);
    field("Name")->setFocus();
    field("Name")->selectAll();
    type(*m_window, u"mine"_s);
    field("Appliance")->setFocus();
    type(*m_window, u"x"_s);
    QCOMPARE(field("Name")->text(), u"mine"_s);
}

void TestLoginForm::suggestsANameThatIsFree()
{
    m_desk->signedIn(u"prod"_s);
    open();
    unfold();
    type(*m_window, u"prod.example.org"_s);
    QCOMPARE(field("Name")->text(), u"prod-2"_s);
}

void TestLoginForm::tellsAnUnknownKindAtItsField()
{
    LoginForm form([](const QString &) { return false; }, m_desk->kinds());
    form.show();
    form.showProblem(AccountProblem::KindUnknown);
    QVERIFY(test::words<QLabel>(form).contains(u"does not know this kind"_s));
    const auto *box = form.findChild<QComboBox *>();
    QCOMPARE(form.focusWidget(), box);
    QVERIFY(accessible(box, QAccessible::Description).contains(u"does not know this kind"_s));
}

//! Letters that look alike are no address that a person could judge.
void TestLoginForm::showsAnAddressThatOthersFilledInAsItIsSent()
{
    open();
    QVERIFY(!words().contains(u"filled in"_s));
    m_window->prefill(u"https://b\u0430ckup.example.com"_s, {}); // a Cyrillic letter
    QCOMPARE(field("Appliance")->text(), u"https://xn--bckup-4ve.example.com"_s);
    QVERIFY(withoutBreaks(words()).contains(
        u"A link or another program filled in xn--bckup-4ve.example.com."_s));
}

//! What is in sight is the host, whatever stands behind it.
void TestLoginForm::showsAFilledInAddressFromItsBeginning()
{
    m_window->show();
    m_window->prefill(u"https://a.example.net/"_s + QString(400, u'.'), {});
    QCOMPARE(field("Appliance")->cursorPosition(), 0);
}

void TestLoginForm::signsInWithAClient()
{
    open();
    m_window->prefill(u"https://idp.example.com/auth"_s, u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    chooseKind(u"oauth2"_s);
    field("Client ID")->setText(u" latchkey "_s);
    secretField("Client secret")->put(u"client-secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->session(u"idp"_s).account().clientId, u"latchkey"_s);
    const auto *grant = m_desk->client(u"idp"_s).lastGrantAs<PasswordGrant>();
    QVERIFY(grant && grant->clientSecret == secret("client-secret"));
    m_desk->grant(u"idp"_s, 1);
    QVERIFY(secretField("Client secret")->secret().isEmpty());
}

void TestLoginForm::wipesThePasswordWhenItCloses()
{
    open();
    fillIn();
    QPointer<SecretField> password = secretField("Password");
    press(*m_window, Qt::Key_Escape);
    QVERIFY(password->secret().isEmpty());
}

void TestLoginForm::showsThePasswordUntilItIsSent()
{
    open();
    fillIn();
    QVERIFY(!secretField("Password")->isShown());
    test::click<QToolButton>(*m_window, "Show password");
    QVERIFY(secretField("Password")->isShown());
    click("Sign in");
    QVERIFY(!secretField("Password")->isShown());
    QVERIFY(!find<QToolButton>(*m_window, "Show password")->isChecked());
}

void TestLoginForm::fieldsHoldNeitherPasswordNorCode()
{
    open();
    fillIn({});
    field("Password")->setFocus();
    type(*m_window, u"secret"_s);
    QCOMPARE(field("Password")->text(), u"••••••"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<PasswordGrant>()->password, secret("secret"));
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    type(*m_window, u"12345"_s);
    QCOMPARE(field("Verification code")->text(), u"•••••"_s);
    type(*m_window, u"6"_s);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code, secret("123456"));
}

void TestLoginForm::unfoldsForAWrongName()
{
    m_desk->signedIn(u"lab"_s);
    open();
    fillIn();
    unfold();
    field("Name")->setText(u"lab"_s);
    find<QToolButton>(*m_window, "More")->click();
    QVERIFY(!field("Name"));
    click("Sign in");
    QCOMPARE(m_window->focusWidget(), field("Name"));
}

void TestLoginForm::tellsABadAddressOnceItIsLeft()
{
    typeAddress(u"http://prod.example.com"_s);
    QVERIFY(field("Appliance")->accessibleDescription().contains(u"not sent over http"_s));
    QCOMPARE(m_window->focusWidget(), field("User name"));
    QCOMPARE(m_desk->network().count(), 0);
}

void TestLoginForm::saysWhereItKeeps_data()
{
    QTest::addColumn<std::optional<QString>>("keychain");
    QTest::addColumn<bool>("keeps");
    QTest::addColumn<QString>("where");
    using Name = std::optional<QString>;
    QTest::newRow("not known yet") << Name() << true << u"a key in the keychain"_s;
    QTest::newRow("named") << Name(u"KeePassXC"_s) << true << u"a key in KeePassXC"_s;
    QTest::newRow("none") << Name(QString()) << true << u"There is no keychain"_s;
    QTest::newRow("not kept") << Name(u"KeePassXC"_s) << false << u"In memory only"_s;
}

void TestLoginForm::saysWhereItKeeps()
{
    QFETCH(const std::optional<QString>, keychain);
    QFETCH(const bool, keeps);
    QFETCH(const QString, where);
    open();
    if (keychain)
        m_window->setKeychain(*keychain);
    auto *keep = find<QCheckBox>(*m_window, "Keep me signed in");
    keep->setChecked(keeps);
    QVERIFY(words().contains(where));
    QVERIFY(accessible(keep, QAccessible::Description).contains(where));
}

//! The appliance has answered, and its certificate is to be decided on.
void TestLoginForm::asksNothingWhileSomebodyIsTyping()
{
    const QSslConfiguration tls = configurationWithPeer();
    m_desk->network().setTls(tls);
    const auto *rest = m_window->findChild<LoginForm *>()->findChild<QTimer *>();
    typeAddress(u"prod.example.com"_s);
    answerUntrustedAs({{u"azure"_s, 443}});
    QVERIFY(rest->isActive());
    type(*m_window, u"operator"_s);
    press(*m_window, Qt::Key_Tab);
    type(*m_window, u"sec"_s);
    QTRY_VERIFY(!rest->isActive());
    QVERIFY(field("Password"));
    type(*m_window, u"ret"_s);
    QCOMPARE(field("User name")->text(), u"operator"_s);
    QCOMPARE(secretField("Password")->secret(), secret("secret"));
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QVERIFY(find<QPushButton>(*m_window, "Trust this appliance"));
}

QTEST_MAIN(TestLoginForm)
#include "tst_loginform.moc"
