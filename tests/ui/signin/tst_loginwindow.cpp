// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginwindow.h"

#include "signin/loginform.h"
#include "widgets/secretfield.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLoginWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void hasTheLabelsOfTheContract();
    void kindIsAsWideAsTheOtherFields();
    void signsInByKeyboardAlone();
    void sendsThePasswordAsItIs();
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
    void tellsWhyNobodyAnswers_data();
    void tellsWhyNobodyAnswers();
    void asksWhichOfSeveralIsMeant();
    void asksForThePortWhereAKindAnswersAtSeveral();
    void leavesAChosenKindAlone();
    void forgetsAChosenKindWhoseFileIsGone();
    void tellsAnUnknownKindAtItsField();
    void signsInWithAClient();
    void keepsTheKindOfAnAccount();
    void keepsTheKindOfAnAccountWhoseFileIsGone();
    void tellsBadInputAtTheField_data();
    void tellsBadInputAtTheField();
    void tellsAllProblemsAtOnceAndGoesToTheFirst();
    void forgetsAProblemOnceTheFieldIsEdited();
    void suggestsANameFromTheHost_data();
    void suggestsANameFromTheHost();
    void leavesATypedNameAlone();
    void suggestsANameThatIsFree();
    void aSecondEnterDoesNotCancel();
    void aSignInThatWaitsForARenewalIsUnderWay();
    void tellsWhatTheApplianceRefused();
    void keepsAnAcceptedCertificateForTheNextTry();
    void anAddressCorrectedAfterAFailureReplacesTheFirst();
    void asksForTheCode();
    void takesACode_data();
    void takesACode();
    void refusesWhatIsNoCode_data();
    void refusesWhatIsNoCode();
    void tellsThatTheCodeWasRefused();
    void enterDoesNotTrust();
    void trustsOnADeliberateAct();
    void showsBothFingerprintsOfAChangedCertificate();
    void escapeTakesTheSignInBack();
    void cancelLeavesAnExistingSessionThere();
    void cancelLeavesASessionThatSomebodyElseSignedInTo();
    void closingLeavesAnOpenQuestionOpen();
    void opensAnExistingAccountAtItsPassword();
    void opensAtThePageThatTheStateAsksFor();
    void staysWhileTheBackgroundGoesOn();
    void wipesThePasswordWhenItCloses();
    void showsThePasswordUntilItIsSent();
    void fieldsHoldNeitherPasswordNorCode();

private:
    void open();
    void fillIn(const QString &password = u"secret"_s);
    void chooseKind(const QString &id);
    //! Answers the search for the kind: those kinds are there, at those ports.
    void answerAs(const QMultiMap<QString, int> &appliances);
    void answerAll(const std::function<void(FakeReply &)> &answer);
    //! A window that knows the kind of the file as well.
    void useKind(const KindFile &file);
    [[nodiscard]] QComboBox *kindBox() { return m_window->findChild<QComboBox *>(); }
    void typeAddress(const QString &address);
    [[nodiscard]] QLineEdit *field(const char *name) { return find<QLineEdit>(*m_window, name); }
    [[nodiscard]] SecretField *secretField(const char *name)
    {
        return find<SecretField>(*m_window, name);
    }
    [[nodiscard]] QString words() { return test::words<QLabel>(*m_window); }
    void click(const char *name) { test::click<QPushButton>(*m_window, name); }
    void submitToCode();

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<LoginWindow> m_window;
};

void TestLoginWindow::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_window = std::make_unique<LoginWindow>(m_desk->sessions(), m_desk->kinds());
}

void TestLoginWindow::cleanup()
{
    m_window.reset();
    m_desk.reset();
}

void TestLoginWindow::open()
{
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestLoginWindow::fillIn(const QString &password)
{
    m_window->prefill(u"https://prod.example.com"_s, u"operator"_s);
    secretField("Password")->selectAll();
    secretField("Password")->put(password);
    chooseKind(u"azure"_s);
}

//! As a person does it.
void TestLoginWindow::chooseKind(const QString &id)
{
    QComboBox *box = kindBox();
    box->setCurrentIndex(box->findData(id));
    Q_EMIT box->activated(box->currentIndex());
}

void TestLoginWindow::submitToCode()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
}

void TestLoginWindow::hasTheLabelsOfTheContract()
{
    open();
    QCOMPARE(m_window->windowTitle(), u"Sign in"_s);
    for (const char *name : {"Appliance", "User name", "Password", "Name"})
        QVERIFY2(field(name), name);
    QCOMPARE(kindBox()->accessibleName(), u"Kind"_s);
    for (const char *name : {"Keep me signed in", "Short-lived session"})
        QVERIFY2(find<QCheckBox>(*m_window, name), name);
    for (const char *name : {"Sign in", "Cancel"})
        QVERIFY2(find<QPushButton>(*m_window, name), name);
    QVERIFY(find<QCheckBox>(*m_window, "Keep me signed in")->isChecked());
    QVERIFY(!find<QCheckBox>(*m_window, "Short-lived session")->isChecked());
    QCOMPARE(field("Password")->echoMode(), QLineEdit::Password);
}

void TestLoginWindow::kindIsAsWideAsTheOtherFields()
{
    open();
    QCOMPARE(kindBox()->width(), field("Name")->width());
}

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
    QCOMPARE(m_window->focusWidget(), field("Name"));
    press(*m_window, Qt::Key_Tab);
    QCOMPARE(m_window->focusWidget(), kindBox());
    press(*m_window, Qt::Key_Tab);
    press(*m_window, Qt::Key_Space); // Keep me signed in
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

void TestLoginWindow::sendsThePasswordAsItIs()
{
    open();
    fillIn(u"p+a ss&w=ö%25"_s);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<PasswordGrant>()->password.toString(),
        u"p+a ss&w=ö%25"_s);
}

void TestLoginWindow::typeAddress(const QString &address)
{
    open();
    type(*m_window, address);
    press(*m_window, Qt::Key_Tab);
}

void TestLoginWindow::answerAs(const QMultiMap<QString, int> &appliances)
{
    answerAll([&](FakeReply &reply) {
        const Kind::Check *answer = nullptr;
        for (auto there = appliances.begin(); there != appliances.end(); ++there) {
            if (there.value() != reply.url().port(443))
                continue;
            static QList<Kind> kinds = shippedKinds().all();
            for (const Kind &kind : std::as_const(kinds)) {
                for (const Kind::Check &check : kind.recognition) {
                    const bool isAsked = check.path == reply.url().path();
                    answer = kind.id == there.key() && isAsked ? &check : answer;
                }
            }
        }
        if (!answer)
            return reply.end(QNetworkReply::ConnectionRefusedError);
        QJsonObject body;
        for (const QString &member : answer->has)
            body.insert(member, u"told"_s);
        reply.answer(answer->statuses.first(), QJsonDocument(body).toJson(),
            answer->contentType.isEmpty() ? QByteArray("application/json") : answer->contentType,
            QNetworkReply::ProtocolInvalidOperationError);
    });
}

void TestLoginWindow::answerAll(const std::function<void(FakeReply &)> &answer)
{
    for (int i = 0; i < m_desk->network().count(); ++i) {
        FakeReply *reply = m_desk->network().reply(i);
        if (reply && !reply->isFinished())
            answer(*reply);
    }
}

void TestLoginWindow::useKind(const KindFile &file)
{
    m_window = std::make_unique<LoginWindow>(
        m_desk->sessions(), KindSource{*file.kinds, m_desk->kinds().makeSearch});
}

void TestLoginWindow::findsTheKindWhenTheAddressIsLeft_data()
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

void TestLoginWindow::findsTheKindWhenTheAddressIsLeft()
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
    QVERIFY(words().contains(hint));
    QTEST(find<QCheckBox>(*m_window, "Short-lived session") != nullptr, "hasShortLived");
    QTEST(field("Client ID") != nullptr, "hasClients");
    QTEST(field("Client secret") != nullptr, "hasClients");
}

void TestLoginWindow::takesThePortAtWhichTheApplianceAnswers()
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

void TestLoginWindow::forgetsTheKindWithTheAddress_data()
{
    QTest::addColumn<bool>("isByKeys");
    QTest::newRow("keys") << true;
    QTest::newRow("assistive tool") << false;
}

void TestLoginWindow::forgetsTheKindWithTheAddress()
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

void TestLoginWindow::stopsLookingWhenTheAddressChanges()
{
    typeAddress(u"prod.example.com"_s);
    QVERIFY(words().contains(u"Looking at the appliance"_s));
    field("Appliance")->clear();
    QVERIFY(!words().contains(u"Looking at the appliance"_s));
}

void TestLoginWindow::waitsForTheKind()
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

void TestLoginWindow::showsWhatTheKindTellsOrAsksFirst_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("focused");
    QTest::addColumn<QString>("hint");
    QTest::newRow("hint") << u"one"_s << 1239 << "User name"_ba << u"DOMAIN"_s;
    QTest::newRow("client") << u"oauth2"_s << 443 << "Client ID"_ba << u"/token"_s;
}

void TestLoginWindow::showsWhatTheKindTellsOrAsksFirst()
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

void TestLoginWindow::asksForTheKindWhereNoneIsFound()
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

void TestLoginWindow::tellsWhyNobodyAnswers_data()
{
    using Code = QNetworkReply::NetworkError;
    QTest::addColumn<Code>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("offline") << Code::ConnectionRefusedError << u"cannot be reached"_s;
    QTest::newRow("timeout") << Code::NoError << u"did not answer in time"_s;
    QTest::newRow("TLS") << Code::SslHandshakeFailedError << u"before the connection was secure"_s;
    QTest::newRow("proxy") << Code::ProxyAuthenticationRequiredError << u"The proxy on the way"_s;
}

void TestLoginWindow::tellsWhyNobodyAnswers()
{
    QFETCH(const QNetworkReply::NetworkError, code);
    QFETCH(const QString, reason);
    typeAddress(u"prod.example.com"_s);
    if (code == QNetworkReply::NoError)
        m_desk->advance(KindSearch::patience);
    else
        answerAll([code](FakeReply &reply) { reply.end(code); });
    QVERIFY2(words().contains(reason), qPrintable(words()));
    QVERIFY(accessible(kindBox(), QAccessible::Description).contains(reason));
    QVERIFY(!words().contains(u"No appliance that Latchkey knows"_s));
    field("Appliance")->setText(u"x"_s);
    QVERIFY(!words().contains(reason));
}

void TestLoginWindow::asksWhichOfSeveralIsMeant()
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

// As with a proxy on the same machine. Which one is meant, only the person knows.
void TestLoginWindow::asksForThePortWhereAKindAnswersAtSeveral()
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

void TestLoginWindow::leavesAChosenKindAlone()
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

void TestLoginWindow::forgetsAChosenKindWhoseFileIsGone()
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

void TestLoginWindow::tellsAnUnknownKindAtItsField()
{
    LoginForm form([](const QString &) { return false; }, m_desk->kinds());
    form.show();
    form.showProblem(AccountProblem::KindUnknown);
    QVERIFY(test::words<QLabel>(form).contains(u"does not know this kind"_s));
    const auto *box = form.findChild<QComboBox *>();
    QCOMPARE(form.focusWidget(), box);
    QVERIFY(accessible(box, QAccessible::Description).contains(u"does not know this kind"_s));
}

void TestLoginWindow::signsInWithAClient()
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

void TestLoginWindow::keepsTheKindOfAnAccount()
{
    m_desk->signedIn(u"prod"_s);
    m_window->openSession(u"prod"_s);
    open();
    QCOMPARE(kindBox()->currentData().toString(), u"azure"_s);
    QVERIFY(!kindBox()->isEnabled());
    QCOMPARE(m_desk->network().count(), 0);
}

void TestLoginWindow::keepsTheKindOfAnAccountWhoseFileIsGone()
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

void TestLoginWindow::tellsBadInputAtTheField_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no host") << "Appliance"_ba << u"https://"_s << u"not the address"_s;
    QTest::newRow("no address") << "Appliance"_ba << u""_s << u"Enter the appliance's address"_s;
    QTest::newRow("no web address") << "Appliance"_ba << u"ftp://host"_s << u"not the address"_s;
    QTest::newRow("http") << "Appliance"_ba << u"http://host"_s << u"not sent over http"_s;
    QTest::newRow("no user") << "User name"_ba << u" "_s << u"Enter your user name"_s;
    QTest::newRow("long address") << "Appliance"_ba << u"host/"_s + QString(2048, u'a')
                                  << u"up to 2048 characters"_s;
    QTest::newRow("long user") << "User name"_ba << QString(257, u'u') << u"up to 256 characters"_s;
    QTest::newRow("no password") << "Password"_ba << u""_s << u"Enter your password"_s;
    QTest::newRow("no name") << "Name"_ba << u""_s << u"Enter a short name"_s;
    QTest::newRow("bad name") << "Name"_ba << u"a b"_s << u"without spaces"_s;
    QTest::newRow("name taken") << "Name"_ba << u"lab"_s << u"Another appliance or user"_s;
}

void TestLoginWindow::tellsBadInputAtTheField()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    m_desk->signedIn(u"lab"_s);
    open();
    fillIn();
    field(name.constData())->setText(text);
    click("Sign in");
    QVERIFY(words().contains(problem));
    QVERIFY(accessible(field(name.constData()), QAccessible::Description).contains(problem));
    QCOMPARE(m_window->focusWidget(), field(name.constData()));
    QCOMPARE(m_desk->sessions().rowCount(), 1);
}

void TestLoginWindow::tellsAllProblemsAtOnceAndGoesToTheFirst()
{
    open();
    press(*m_window, Qt::Key_Return);
    for (const char *name : {"Appliance", "User name", "Password", "Name"})
        QVERIFY2(!accessible(field(name), QAccessible::Description).isEmpty(), name);
    QCOMPARE(m_window->focusWidget(), field("Appliance"));
}

void TestLoginWindow::forgetsAProblemOnceTheFieldIsEdited()
{
    open();
    press(*m_window, Qt::Key_Return);
    type(*m_window, u"h"_s);
    QVERIFY(field("Appliance")->accessibleDescription().isEmpty());
    QVERIFY(!words().contains(u"Enter the appliance's address"_s));
}

void TestLoginWindow::suggestsANameFromTheHost_data()
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

void TestLoginWindow::suggestsANameFromTheHost()
{
    QFETCH(const QString, server);
    open();
    type(*m_window, server);
    QTEST(field("Name")->text(), "name");
}

void TestLoginWindow::leavesATypedNameAlone()
{
    open();
    type(*m_window, u"prod.example.com"_s);
    field("Name")->setFocus();
    field("Name")->selectAll();
    type(*m_window, u"mine"_s);
    field("Appliance")->setFocus();
    type(*m_window, u"x"_s);
    QCOMPARE(field("Name")->text(), u"mine"_s);
}

void TestLoginWindow::suggestsANameThatIsFree()
{
    m_desk->signedIn(u"prod"_s);
    open();
    type(*m_window, u"prod.example.org"_s);
    QCOMPARE(field("Name")->text(), u"prod-2"_s);
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

void TestLoginWindow::keepsAnAcceptedCertificateForTheNextTry()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    click("Trust this appliance");
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).pins().last(), aCertificate().fingerprint);
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

void TestLoginWindow::asksForTheCode()
{
    submitToCode();
    QVERIFY(field("Verification code"));
    QVERIFY(find<QPushButton>(*m_window, "Verify"));
    QVERIFY(!field("Password"));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QVERIFY(words().contains(u"operator at prod.example.com"_s));
}

void TestLoginWindow::takesACode_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("6 digits") << u"123456"_s << u"123456"_s;
    QTest::newRow("with a space") << u" 123 456 "_s << u"123456"_s;
    QTest::newRow("scratch code") << u"12345678"_s << u"12345678"_s;
    QTest::newRow("scratch code, grouped") << u"1234 5678"_s << u"12345678"_s;
}

void TestLoginWindow::takesACode()
{
    QFETCH(const QString, text);
    submitToCode();
    QGuiApplication::clipboard()->setText(text);
    press(*m_window, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 1); // 6 of 8 digits may be there by now
    press(*m_window, Qt::Key_Return);
    QTEST(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code.toString(), "code");
    QVERIFY(!find<QPushButton>(*m_window, "Verify")->isEnabled());
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::refusesWhatIsNoCode_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "12345", "1234567", "123456789", "12345a", "١٢٣٤٥٦"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestLoginWindow::refusesWhatIsNoCode()
{
    QFETCH(const QString, text);
    submitToCode();
    secretField("Verification code")->put(text);
    click("Verify");
    QVERIFY(field("Verification code")->accessibleDescription().contains(u"6 digits"_s));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::CodeNeeded);
}

void TestLoginWindow::tellsThatTheCodeWasRefused()
{
    submitToCode();
    type(*m_window, u"000000"_s);
    press(*m_window, Qt::Key_Return);
    m_desk->refuse(u"prod"_s, AuthError::Type::CodeRejected);
    QVERIFY(words().contains(u"refused the code"_s));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QVERIFY(field("Verification code")->text().isEmpty());
}

void TestLoginWindow::enterDoesNotTrust()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(m_window->focusWidget(), find<QPushButton>(*m_window, "Cancel"));
    find<QPushButton>(*m_window, "Trust this appliance")->setFocus();
    press(*m_window, Qt::Key_Return);
    QVERIFY(m_desk->client(u"prod"_s).grants().size() == 1);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

void TestLoginWindow::trustsOnADeliberateAct()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    auto *fingerprint = find<QPlainTextEdit>(*m_window, "Fingerprint");
    QVERIFY(fingerprint);
    QCOMPARE(fingerprint->toPlainText(), aCertificate().fingerprint.toText());
    QVERIFY(fingerprint->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Trusted fingerprint"));
    QVERIFY(field("Issued to")->text().contains(aCertificate().subject));
    QVERIFY(field("Issued by")->text().contains(aCertificate().issuer));

    find<QPushButton>(*m_window, "Trust this appliance")->setFocus();
    press(*m_window, Qt::Key_Space);
    QCOMPARE(m_desk->session(u"prod"_s).account().pin, aCertificate().fingerprint);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    QVERIFY(!field("Password")->isEnabled());
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!m_window->isVisible());
}

void TestLoginWindow::showsBothFingerprintsOfAChangedCertificate()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->grant(u"prod"_s, 1);
    m_desk->session(u"prod"_s).refreshNow();
    Certificate changed = aCertificate();
    changed.fingerprint = anotherFingerprint();
    m_desk->client(u"prod"_s).answer(Untrusted{changed});

    m_window->openSession(u"prod"_s);
    open();
    QVERIFY(words().contains(u"has changed"_s));
    QCOMPARE(find<QPlainTextEdit>(*m_window, "Trusted fingerprint")->toPlainText(),
        aCertificate().fingerprint.toText());
    QCOMPARE(find<QPlainTextEdit>(*m_window, "Fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    auto *trust = find<QPushButton>(*m_window, "Trust this appliance");
    QVERIFY(!trust->isEnabled());
    auto *confirmed = m_window->findChild<QCheckBox *>(u"confirmed"_s);
    QTest::mouseClick(confirmed, Qt::LeftButton, {}, QPoint(8, confirmed->height() / 2));
    QVERIFY(trust->isEnabled());
    click("Trust this appliance");
    QCOMPARE(m_desk->session(u"prod"_s).account().pin, anotherFingerprint());
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

// By latchkeyctl, say, after the first try of the window was refused.
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
    QCOMPARE(field("Appliance")->text(), u"https://prod.example.com"_s);
    QCOMPARE(field("User name")->text(), u"operator"_s);
    QCOMPARE(field("Name")->text(), u"prod"_s);
    for (const char *name : {"Appliance", "User name", "Name"})
        QVERIFY2(field(name)->isReadOnly(), name);
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

void TestLoginWindow::wipesThePasswordWhenItCloses()
{
    open();
    fillIn();
    QPointer<SecretField> password = secretField("Password");
    press(*m_window, Qt::Key_Escape);
    QVERIFY(password->secret().isEmpty());
}

void TestLoginWindow::showsThePasswordUntilItIsSent()
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

//! What a widget holds is told to assistive tools.
void TestLoginWindow::fieldsHoldNeitherPasswordNorCode()
{
    open();
    fillIn({});
    field("Password")->setFocus();
    type(*m_window, u"secret"_s);
    QCOMPARE(field("Password")->text(), u"••••••"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<PasswordGrant>()->password, secret("secret"));
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    type(*m_window, u"123456"_s);
    QCOMPARE(field("Verification code")->text(), u"••••••"_s);
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code, secret("123456"));
}

QTEST_MAIN(TestLoginWindow)
#include "tst_loginwindow.moc"
