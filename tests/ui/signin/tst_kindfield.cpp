// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/kindfield.h"

#include "session/words/sentences.h"
#include "signinfixture.h"

#include "support/peerconfiguration.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestKindField final : public SignInTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_tls = configurationWithPeer();
        m_shown = Fingerprint::of(m_tls.peerCertificate());
        QVERIFY2(!m_shown.isEmpty(), "no TLS handshake on the loopback interface");
    }
    void init()
    {
        begin();
        m_desk->network().setTls(m_tls);
    }
    void cleanup() { end(); }

    void findsTheKindWhenTheAddressIsLeft_data();
    void findsTheKindWhenTheAddressIsLeft();
    void takesThePortAtWhichTheApplianceAnswers();
    void forgetsTheKindWithTheAddress_data();
    void forgetsTheKindWithTheAddress();
    void stopsLookingWhenTheAddressChanges();
    void waitsForTheKind();
    void showsWhatTheKindTellsOrAsksFirst_data();
    void showsWhatTheKindTellsOrAsksFirst();
    void asksForTheKindWhereNoneIsFound();
    void asksNoApplianceThatTheAdministratorForbids();
    void tellsWhyNobodyAnswers_data();
    void tellsWhyNobodyAnswers();
    void asksWhichOfSeveralIsMeant();
    void asksForThePortWhereAKindAnswersAtSeveral();
    void leavesAChosenKindAlone();
    void forgetsAChosenKindWhoseFileIsGone();
    void keepsTheKindOfAnAccount();
    void keepsTheKindOfAnAccountWhoseFileIsGone();
    void asksAboutACertificateBeforeThePassword();
    void asksNobodyAboutWhatTheAdministratorDecidedFor_data();
    void asksNobodyAboutWhatTheAdministratorDecidedFor();
    void goesBackToTheAddressWhenNobodyTrusts();
    void asksAgainForAnotherAddress();
    void tellsThatAForgottenPinHasChanged();

private:
    QSslConfiguration m_tls;
    Fingerprint m_shown;
};

void TestKindField::findsTheKindWhenTheAddressIsLeft_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("hasShortLived");
    QTest::addColumn<bool>("hasClients");
    QTest::addColumn<QString>("hint");
    QTest::newRow("azure") << u"azure"_s << 443 << true << false << QString();
    QTest::newRow("vbr") << u"vbr"_s << 9419 << true << false << u"service account"_s;
    QTest::newRow("one") << u"one"_s << 1239 << false << false << u"DOMAIN"_s;
    QTest::newRow("oauth2") << u"oauth2"_s << 443 << false << true << u"/token"_s;
}

void TestKindField::findsTheKindWhenTheAddressIsLeft()
{
    QFETCH(const QString, kind);
    QFETCH(const int, port);
    QFETCH(const QString, hint);
    typeAddress(u"prod.example.com"_s);
    QVERIFY(words().contains(u"Looking at the appliance"_s));
    QCOMPARE(kindBox()->currentData().toString(), QString());
    answerAs({{kind, port}});
    QVERIFY(!words().contains(u"Looking at the appliance"_s));
    QCOMPARE(kindBox()->currentData().toString(), kind);
    QVERIFY(words().contains(kindBox()->currentText()));
    QVERIFY(words().contains(hint));
    QCOMPARE(m_window->focusWidget(), field("User name"));
    unfold();
    QTEST(find<QCheckBox>(*m_window, "Short-lived session") != nullptr, "hasShortLived");
    QTEST(field("Client ID") != nullptr, "hasClients");
    QTEST(field("Client secret") != nullptr, "hasClients");
}

void TestKindField::takesThePortAtWhichTheApplianceAnswers()
{
    typeAddress(u"prod.example.com"_s);
    answerAs({{u"vbr"_s, 9419}});
    type(*m_window, u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    const Account &account = m_desk->session(u"prod"_s).account();
    QCOMPARE(account.server, QUrl(u"https://prod.example.com:9419"_s));
    QCOMPARE(account.kind, u"vbr"_s);
}

void TestKindField::forgetsTheKindWithTheAddress_data()
{
    QTest::addColumn<bool>("isByKeys");
    QTest::newRow("keys") << true;
    QTest::newRow("assistive tool") << false;
}

void TestKindField::forgetsTheKindWithTheAddress()
{
    QFETCH(const bool, isByKeys);
    typeAddress(u"prod.example.com"_s);
    answerAs({{u"vbr"_s, 9419}});
    field("Appliance")->setFocus();
    if (isByKeys)
        type(*m_window, u"x"_s);
    else
        QAccessible::queryAccessibleInterface(field("Appliance"))
            ->setText(QAccessible::Value, u"test.example.com"_s);
    QCOMPARE(kindBox()->currentData().toString(), QString());
}

void TestKindField::stopsLookingWhenTheAddressChanges()
{
    typeAddress(u"prod.example.com"_s);
    QVERIFY(words().contains(u"Looking at the appliance"_s));
    field("Appliance")->clear();
    QVERIFY(!words().contains(u"Looking at the appliance"_s));
}

void TestKindField::waitsForTheKind()
{
    m_window->prefill(u"https://prod.example.com"_s, u"operator"_s);
    open();
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->sessions().rowCount(), 0);
    QVERIFY(!find<QPushButton>(*m_window, "Sign in")->isEnabled());
    answerAs({{u"gcp"_s, 443}});
    QCOMPARE(m_desk->session(u"prod"_s).account().kind, u"gcp"_s);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
}

void TestKindField::showsWhatTheKindTellsOrAsksFirst_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("focused");
    QTest::addColumn<QString>("hint");
    QTest::newRow("hint") << u"one"_s << 1239 << "User name"_ba << u"DOMAIN"_s;
    QTest::newRow("client") << u"oauth2"_s << 443 << "Client ID"_ba << u"/token"_s;
}

void TestKindField::showsWhatTheKindTellsOrAsksFirst()
{
    QFETCH(const QString, kind);
    QFETCH(const int, port);
    QFETCH(const QByteArray, focused);
    QFETCH(const QString, hint);
    m_window->prefill(u"https://prod.example.com"_s, u"operator"_s);
    open();
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    answerAs({{kind, port}});
    QCOMPARE(m_desk->sessions().rowCount(), 0);
    QVERIFY(words().contains(hint));
    QVERIFY(find<QPushButton>(*m_window, "Sign in")->isEnabled());
    QCOMPARE(m_window->focusWidget(), field(focused.constData()));
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->session(u"prod"_s).account().kind, kind);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
}

void TestKindField::asksForTheKindWhereNoneIsFound()
{
    m_window->prefill(u"https://prod.example.com"_s, u"operator"_s);
    open();
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    answerAll([](FakeReply &reply) { reply.answer(404, "{}"); });
    QVERIFY(words().contains(u"choose the kind"_s));
    QCOMPARE(m_window->focusWidget(), kindBox());
    QCOMPARE(m_desk->sessions().rowCount(), 0);
    QVERIFY(find<QPushButton>(*m_window, "Sign in")->isEnabled());
    chooseKind(u"aws"_s);
    QVERIFY(!words().contains(u"choose the kind"_s));
    click("Sign in");
    QCOMPARE(
        m_desk->session(u"prod"_s).account().server, QUrl(u"https://prod.example.com:11005"_s));
}

//! Not when the field is left, and not by "Sign in".
void TestKindField::asksNoApplianceThatTheAdministratorForbids()
{
    m_desk->sessions().setRule([](const Account &account) {
        return account.server.host() == "prod.example.com"_L1
            ? std::nullopt
            : std::optional(AccountProblem::ApplianceNotAllowed);
    });
    typeAddress(u"test.example.com"_s);
    const QString why = sentenceFor(AccountProblem::ApplianceNotAllowed).translated;
    QVERIFY(words().contains(why));
    QVERIFY(!words().contains(u"Looking at the appliance"_s));
    type(*m_window, u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QVERIFY(words().contains(why));
    QCOMPARE(m_window->focusWidget(), field("Appliance"));
    QCOMPARE(m_desk->network().count(), 0);

    field("Appliance")->selectAll();
    typeAddress(u"prod.example.com"_s);
    QVERIFY(!words().contains(why));
    answerAs({{u"vbr"_s, 9419}});
    QCOMPARE(kindBox()->currentData().toString(), u"vbr"_s);
}

void TestKindField::tellsWhyNobodyAnswers_data()
{
    using Code = QNetworkReply::NetworkError;
    QTest::addColumn<Code>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("offline") << Code::ConnectionRefusedError << u"cannot be reached"_s;
    QTest::newRow("timeout") << Code::NoError << u"did not answer in time"_s;
    QTest::newRow("TLS") << Code::SslHandshakeFailedError << u"before the connection was secure"_s;
    QTest::newRow("proxy") << Code::ProxyAuthenticationRequiredError << u"The proxy on the way"_s;
}

void TestKindField::tellsWhyNobodyAnswers()
{
    QFETCH(const QNetworkReply::NetworkError, code);
    QFETCH(const QString, reason);
    typeAddress(u"prod.example.com"_s);
    if (code == QNetworkReply::NoError)
        m_desk->advance(KindSearch::patience);
    else
        answerAll([code](FakeReply &reply) { reply.end(code); });
    QVERIFY2(words().contains(reason), qPrintable(words()));
    QVERIFY(field("Appliance")->accessibleDescription().contains(reason));
    QCOMPARE(m_window->focusWidget(), field("User name"));
    QVERIFY(!words().contains(u"No appliance that Latchkey knows"_s));
    field("Appliance")->setText(u"x"_s);
    QVERIFY(!words().contains(reason));
}

void TestKindField::asksWhichOfSeveralIsMeant()
{
    typeAddress(u"prod.example.com"_s);
    answerAs({{u"vbr"_s, 9419}, {u"one"_s, 1239}});
    QCOMPARE(kindBox()->currentData().toString(), QString());
    QVERIFY(words().contains(u"Veeam ONE (prod.example.com:1239)"_s));
    chooseKind(u"one"_s);
    type(*m_window, u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->session(u"prod"_s).account().server, QUrl(u"https://prod.example.com:1239"_s));
}

void TestKindField::asksForThePortWhereAKindAnswersAtSeveral()
{
    const QString question = u"answer at prod.example.com:443, prod.example.com:9419"_s;
    typeAddress(u"prod.example.com"_s);
    answerAs({{u"vbr"_s, 443}, {u"vbr"_s, 9419}});
    QCOMPARE(kindBox()->currentData().toString(), u"vbr"_s);
    QVERIFY2(words().contains(question), qPrintable(words()));
    type(*m_window, u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->sessions().rowCount(), 0);
    QCOMPARE(m_window->focusWidget(), field("Appliance"));
    field("Appliance")->selectAll();
    type(*m_window, u"prod.example.com:9419"_s);
    press(*m_window, Qt::Key_Tab);
    QVERIFY(!words().contains(question));
    answerAs({{u"vbr"_s, 9419}});
    click("Sign in");
    QCOMPARE(m_desk->session(u"prod"_s).account().server, QUrl(u"https://prod.example.com:9419"_s));
}

void TestKindField::leavesAChosenKindAlone()
{
    typeAddress(u"prod.example.com"_s);
    chooseKind(u"aws"_s);
    answerAs({{u"vbr"_s, 9419}});
    QCOMPARE(kindBox()->currentData().toString(), u"aws"_s);
    field("Appliance")->setFocus();
    type(*m_window, u"x"_s);
    press(*m_window, Qt::Key_Tab);
    QCOMPARE(kindBox()->currentData().toString(), u"aws"_s);
    QVERIFY(!words().contains(u"Looking at the appliance"_s));
}

void TestKindField::forgetsAChosenKindWhoseFileIsGone()
{
    KindFile file;
    useKind(file);
    m_window->prefill(u"https://prod.example.com"_s, u"operator"_s);
    open();
    secretField("Password")->put(u"secret"_s);
    chooseKind(u"nimbus"_s);
    file.remove();
    QTRY_COMPARE(kindBox()->currentData().toString(), QString());
    click("Sign in");
    answerAs({{u"azure"_s, 443}});
    QCOMPARE(m_desk->session(u"prod"_s).account().kind, u"azure"_s);
}

void TestKindField::keepsTheKindOfAnAccount()
{
    m_desk->signedIn(u"prod"_s);
    m_window->openSession(u"prod"_s);
    open();
    QCOMPARE(kindBox()->currentData().toString(), u"azure"_s);
    QVERIFY(!kindBox()->isEnabled());
    QCOMPARE(m_desk->network().count(), 0);
}

void TestKindField::keepsTheKindOfAnAccountWhoseFileIsGone()
{
    KindFile file;
    useKind(file);
    Account account = anAccount();
    account.kind = u"nimbus"_s;
    QVERIFY(m_desk->sessions().signIn(account, secret("password")));
    m_desk->session(u"prod"_s).cancel();
    m_window->openSession(u"prod"_s);
    open();
    file.remove();
    QTRY_COMPARE(kindBox()->currentText(), u"nimbus"_s);
    QCOMPARE(kindBox()->currentData().toString(), u"nimbus"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
}

void TestKindField::asksAboutACertificateBeforeThePassword()
{
    typeAddress(u"prod.example.com"_s);
    type(*m_window, u"opera"_s);
    answerUntrustedAs({{u"azure"_s, 443}});
    QTRY_VERIFY(!field("Password"));
    QVERIFY(words().contains(u"prod.example.com"_s));
    for (const Qt::Key key : {Qt::Key_T, Qt::Key_Space, Qt::Key_Return})
        press(*m_window, key); // of somebody who was still typing
    QVERIFY(!field("Password"));
    click("Trust this appliance");
    QCOMPARE(m_window->focusWidget(), field("User name"));
    QCOMPARE(field("User name")->text(), u"opera"_s);
    QVERIFY(words().contains(u"Veeam Backup for Microsoft Azure"_s));
    QCOMPARE(m_desk->sessions().rowCount(), 0);

    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).pins(), QList{m_shown});
    m_desk->grant(u"prod"_s, 1);
    QCOMPARE(m_desk->session(u"prod"_s).account().pin, m_shown);
}

void TestKindField::asksNobodyAboutWhatTheAdministratorDecidedFor_data()
{
    QTest::addColumn<bool>("isThatOne");
    QTest::newRow("it is that one") << true;
    QTest::newRow("another") << false;
}

void TestKindField::asksNobodyAboutWhatTheAdministratorDecidedFor()
{
    QFETCH(const bool, isThatOne);
    const Fingerprint fixed = isThatOne ? m_shown : anotherFingerprint();
    m_desk->sessions().setPins([fixed](const Account &) { return fixed; });
    typeAddress(u"prod.example.com"_s);
    answerUntrustedAs({{u"azure"_s, 443}});
    if (isThatOne)
        QTest::qWait(2000); // a question would be there by now
    QTRY_COMPARE(
        words().contains(u"Only your administrator can allow this certificate"_s), !isThatOne);
    QVERIFY(!find<QPushButton>(*m_window, "Trust this appliance"));
    QCOMPARE(field("Password") != nullptr, isThatOne);
}

void TestKindField::goesBackToTheAddressWhenNobodyTrusts()
{
    for (const bool isByKey : {false, true}) {
        m_window->prefill({}, u"operator"_s);
        typeAddress(u"prod.example.com"_s);
        answerUntrustedAs({{u"azure"_s, 443}});
        QTRY_VERIFY(find<QPushButton>(*m_window, "Trust this appliance"));
        isByKey ? press(*m_window, Qt::Key_Escape) : click("Cancel");
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_window->focusWidget(), field("Appliance"));
        QCOMPARE(field("User name")->text(), u"operator"_s);
        m_window = std::make_unique<LoginWindow>(m_desk->sessions(), m_desk->kinds());
        m_desk->network().setTls(m_tls);
    }
}

void TestKindField::asksAgainForAnotherAddress()
{
    typeAddress(u"prod.example.com"_s);
    answerUntrustedAs({{u"azure"_s, 443}});
    QTRY_VERIFY(find<QPushButton>(*m_window, "Trust this appliance"));
    click("Trust this appliance");
    field("Appliance")->setText(u"test.example.com"_s);
    field("Appliance")->setText(u"prod.example.com"_s);
    chooseKind(u"azure"_s);
    field("User name")->setText(u"operator"_s);
    secretField("Password")->put(u"secret"_s);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).pins(), QList{Fingerprint()});
}

void TestKindField::tellsThatAForgottenPinHasChanged()
{
    Certificate before = aCertificate();
    before.fingerprint = anotherFingerprint();
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{before});
    m_desk->session(u"prod"_s).trust(before.fingerprint);
    m_desk->grant(u"prod"_s, 1);
    m_desk->sessions().forget(u"prod"_s);
    typeAddress(u"prod.example.com"_s);
    answerUntrustedAs({{u"azure"_s, 443}});
    QTRY_VERIFY(words().contains(u"has changed"_s));
    QVERIFY(!find<QPushButton>(*m_window, "Trust this appliance")->isEnabled());
}

QTEST_MAIN(TestKindField)
#include "tst_kindfield.moc"
