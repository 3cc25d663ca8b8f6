// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/tokenclipboard.h"

#include "sessions/copying/copytext.h"
#include "sessions/copying/desktopclipboard.h"

#include "support/peerconfiguration.h"
#include "ui/uifixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTokenClipboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void copiesAndMarksItAsSecret();
    void isPastedOnce();
    void givesOnePasteAllThatItAsksFor();
    void givesNothingToWhoWatchesTheClipboard();
    void isPastedThoughSomebodyAsksWithoutEnd();
    void takesItBackAfterHalfAMinute();
    void takesItBackAfterAsLongAsIsSet();
    void takesItBackWhenItEnds();
    void keepsItUntilItEndsWhereThatIsWished();
    void takesItBackWhenTheTokenEnds();
    void leavesAloneWhatSomebodyElseCopied();
    void asksNobodyElseForTheClipboard();
    void copiesTheTokenInEveryWay_data();
    void copiesTheTokenInEveryWay();
    void copiesACommandThatStays();
    void copiesACommandWithoutASession();
    void tellsCurlTheKeyOfAnAppliancesOwnCertificate();
    void copiesNoCurlForAnotherCertificate();
    void copiesNoCurlForAKeyThatCannotBeRead();
    void anotherCopyEndsTheLook();
    void aLookFollowsARenamedSession();
    void aLookDoesNotOutliveItsSession();
    void aLookIsWorthNothingForAnotherPin();
    void recordsNothingThatDidNotArrive();
    void renewsATokenAboutToEndFirst();
    void copiesTheOldOneWhereNoNewOneCanBeHad();
    void copiesNothingWhereNoneIsGood();
    void doesNotCopyLongAfterItWasAsked();
    void tellsThatThereIsNothingToCopy();
    void copiesNothingThatTheAdministratorForbids();
    void copiesNothingThatIsForbiddenWhileItWaits();
    void everyCopyIsInTheLedger();

private:
    void pinOne();
    //! The appliance shows the certificate that is pinned.
    void finishLook();
    void advance(Milliseconds span);
    //! Pastes, once nobody who watches the clipboard asks any more.
    [[nodiscard]] QString paste();
    [[nodiscard]] static QString asked() { return QGuiApplication::clipboard()->text(); }
    [[nodiscard]] QString told() const { return m_told->last()[1].toString(); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<DesktopClipboard> m_desktop;
    std::unique_ptr<TokenClipboard> m_clipboard;
    std::unique_ptr<QSignalSpy> m_told;
    std::chrono::seconds m_stay = 30s;
    const QSslConfiguration m_tls = configurationWithPeer();
};

void TestTokenClipboard::init()
{
    failOnUiWarning();
    m_stay = 30s;
    QGuiApplication::clipboard()->clear();
    m_desk = std::make_unique<UiFixture>();
    m_desktop = std::make_unique<DesktopClipboard>(
        *QGuiApplication::clipboard(), DesktopClipboard::Proof::Owner);
    m_clipboard = std::make_unique<TokenClipboard>(
        m_desk->sessions(), m_desk->ledger(), m_desk->clock().clock(), *m_desktop,
        [this] { return m_stay; },
        [this](const Account &account) { return m_desk->makeProbe(account); });
    m_told = std::make_unique<QSignalSpy>(m_clipboard.get(), &TokenClipboard::told);
}

void TestTokenClipboard::cleanup()
{
    m_told.reset();
    m_clipboard.reset();
    m_desktop.reset();
    m_desk.reset();
}

//! Signs in to an appliance with a certificate of its own.
void TestTokenClipboard::pinOne()
{
    m_desk->network().setTls(m_tls);
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
}

void TestTokenClipboard::finishLook()
{
    m_desk->network().reply()->meetUntrustedCertificate();
    m_desk->network().reply()->answer(200, "{}");
}

void TestTokenClipboard::advance(Milliseconds span)
{
    m_desk->clock().advance(span);
    m_clipboard->look();
}

QString TestTokenClipboard::paste()
{
    advance(700ms);
    return asked();
}

void TestTokenClipboard::copiesAndMarksItAsSecret()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s),
        "secret"_ba);
    QCOMPARE(m_told->count(), 1);
    QCOMPARE(told(), u"Token copied. It can be pasted once, within 30 s."_s);
    QCOMPARE(paste(), u"access-1"_s);
}

void TestTokenClipboard::isPastedOnce()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(paste(), u"access-1"_s);
    advance(300ms);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::givesOnePasteAllThatItAsksFor()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(paste(), u"access-1"_s);
    advance(200ms);
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->data(u"text/plain"_s), "access-1"_ba);
    QCOMPARE(data->data(u"text/plain;charset=utf-8"_s), "access-1"_ba);
    QVERIFY(data->data(u"text/html"_s).isEmpty());
    advance(100ms);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::givesNothingToWhoWatchesTheClipboard()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasText());
    QVERIFY(asked().isEmpty());
    advance(699ms);
    QVERIFY(asked().isEmpty());
    advance(699ms);
    QVERIFY(asked().isEmpty());
    QCOMPARE(paste(), u"access-1"_s);
    advance(300ms);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::isPastedThoughSomebodyAsksWithoutEnd()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    for (int half = 1; half < 6; ++half) {
        advance(500ms);
        QVERIFY(asked().isEmpty());
    }
    for (int half = 6; half < 60; ++half) {
        advance(500ms);
        QCOMPARE(asked(), u"access-1"_s);
    }
    advance(500ms);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::takesItBackAfterHalfAMinute()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    advance(29s);
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasText());
    advance(1s);
    QVERIFY(!QGuiApplication::clipboard()->mimeData());
}

void TestTokenClipboard::takesItBackAfterAsLongAsIsSet()
{
    m_stay = 90s;
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(told(), u"Token copied. It can be pasted once, within 90 s."_s);
    advance(89s);
    QVERIFY(QGuiApplication::clipboard()->mimeData());
    advance(1s);
    QVERIFY(!QGuiApplication::clipboard()->mimeData());
}

void TestTokenClipboard::takesItBackWhenItEnds()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    m_told.reset();
    m_clipboard.reset();
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::keepsItUntilItEndsWhereThatIsWished()
{
    m_stay = 0s;
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(told(), u"Token copied."_s);
    advance(59min);
    QCOMPARE(asked(), u"access-1"_s);
    advance(50s);
    QCOMPARE(asked(), u"access-1"_s);
    advance(10s);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::takesItBackWhenTheTokenEnds()
{
    m_desk->signedIn(u"prod"_s, 20s);
    m_clipboard->copy(u"prod"_s);
    advance(19s);
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasText());
    advance(1s);
    QVERIFY(!QGuiApplication::clipboard()->mimeData());
}

void TestTokenClipboard::leavesAloneWhatSomebodyElseCopied()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QGuiApplication::clipboard()->setText(u"something else"_s);
    advance(30s);
    QCOMPARE(asked(), u"something else"_s);
}

void TestTokenClipboard::asksNobodyElseForTheClipboard()
{
    //! What another program has copied, and is asked for.
    class Foreign final : public QMimeData {
    public:
        explicit Foreign(int &questions)
            : m_questions(questions)
        {
        }
        [[nodiscard]] QStringList formats() const override
        {
            ++m_questions;
            return {u"text/plain"_s};
        }

    protected:
        QVariant retrieveData(const QString & /*format*/, QMetaType /*type*/) const override
        {
            ++m_questions;
            return u"something else"_s;
        }

    private:
        int &m_questions;
    };
    int questions = 0;
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QGuiApplication::clipboard()->setMimeData(new Foreign(questions));
    advance(30s);
    m_told.reset();
    m_clipboard.reset();
    QCOMPARE(questions, 0);
    QCOMPARE(asked(), u"something else"_s);
}

void TestTokenClipboard::copiesTheTokenInEveryWay_data()
{
    QTest::addColumn<Action>("way");
    QTest::addColumn<QString>("text");
    QTest::newRow("token") << Action::CopyToken << u"access-1"_s;
    QTest::newRow("header") << Action::CopyHeader << u"Authorization: Bearer access-1"_s;
    QTest::newRow("http file") << Action::CopyHttpFile
                               << u"GET https://prod.example.com/\n"
                                  "Authorization: Bearer access-1\n"_s;
}

void TestTokenClipboard::copiesTheTokenInEveryWay()
{
    QFETCH(const Action, way);
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s, way);
    QTEST(paste(), "text");
    QCOMPARE(m_desk->ledger().entries().size(), 1);
    advance(300ms);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::copiesACommandThatStays()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    for (const Action way : {Action::CopyCommand, Action::CopyCurl, Action::CopyPowerShell}) {
        m_clipboard->copy(u"prod"_s, way);
        QCOMPARE(told(), u"Command copied. It holds no token."_s);
        const QString command = asked();
        QVERIFY(command.contains(u"latchkeyctl "_s));
        advance(30s);
        QCOMPARE(asked(), command);
    }
    QCOMPARE(m_desk->ledger().entries().size(), 1); // of the token before
}

void TestTokenClipboard::copiesACommandWithoutASession()
{
    m_desk->signIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s, Action::CopyCommand);
    QCOMPARE(asked(), u"latchkeyctl header prod"_s);
}

//! Only Latchkey has seen the certificate so far, and knows it by its fingerprint.
void TestTokenClipboard::tellsCurlTheKeyOfAnAppliancesOwnCertificate()
{
    pinOne();
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    QVERIFY(asked().isEmpty());
    finishLook();
    QCOMPARE(asked(),
        commandFor(
            Action::CopyCurl, m_desk->session(u"prod"_s).account(), aCertificate().keySha256));
    QVERIFY(told().endsWith(u"sends the token to no other."_s));
}

//! A command that trusts whatever is there would give it the token.
void TestTokenClipboard::copiesNoCurlForAnotherCertificate()
{
    pinOne();
    m_desk->network().setTls({});
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    m_desk->network().reply()->end(QNetworkReply::ConnectionRefusedError);
    QVERIFY(asked().isEmpty());
    QVERIFY(told().startsWith(u"Nothing was copied"_s));
}

//! With the system's trust instead, curl would send the token to others, too.
void TestTokenClipboard::copiesNoCurlForAKeyThatCannotBeRead()
{
    pinOne();
    ApplianceProbe *probe = nullptr;
    TokenClipboard clipboard(
        m_desk->sessions(), m_desk->ledger(), m_desk->clock().clock(), *m_desktop,
        [this] { return m_stay; },
        [&](const Account &account) {
            auto made = m_desk->makeProbe(account);
            probe = made.get();
            return made;
        });
    const QSignalSpy spy(&clipboard, &TokenClipboard::told);
    clipboard.copy(u"prod"_s, Action::CopyCurl);
    ApplianceReport report;
    report.tls.emplace();
    report.tls->trust = TlsConnection::Trust::Pinned;
    report.tls->certificate = aCertificate();
    report.tls->certificate.keySha256.clear();
    Q_EMIT probe->probed(report);
    QVERIFY(asked().isEmpty());
    QCOMPARE(spy.last()[1].toString(),
        u"Nothing was copied: curl cannot check this appliance's certificate."_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // before what it lives on
}

void TestTokenClipboard::anotherCopyEndsTheLook()
{
    pinOne();
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    m_clipboard->copy(u"prod"_s, Action::CopyCommand);
    QVERIFY(m_desk->network().request().wasAborted);
    QCOMPARE(asked(), u"latchkeyctl header prod"_s);
}

void TestTokenClipboard::aLookFollowsARenamedSession()
{
    pinOne();
    m_desk->grant(u"prod"_s, 1);
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    QVERIFY(!m_desk->sessions().rename(m_desk->session(u"prod"_s), u"main"_s));
    finishLook();
    QVERIFY(asked().startsWith(u"latchkeyctl header main | curl "_s));
}

void TestTokenClipboard::aLookDoesNotOutliveItsSession()
{
    pinOne();
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    m_desk->sessions().forget(u"prod"_s);
    finishLook();
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::aLookIsWorthNothingForAnotherPin()
{
    pinOne();
    m_clipboard->copy(u"prod"_s, Action::CopyCurl);
    m_desk->session(u"prod"_s).setFixedPin(anotherFingerprint());
    finishLook();
    QVERIFY(asked().isEmpty());
    QVERIFY(told().startsWith(u"Nothing was copied"_s));
}

void TestTokenClipboard::recordsNothingThatDidNotArrive()
{
    //! A clipboard that takes nothing.
    m_told.reset();
    m_clipboard.reset();
    DesktopClipboard closed(*QGuiApplication::clipboard(), DesktopClipboard::Proof::Echo, 1ms);
    m_clipboard = std::make_unique<TokenClipboard>(
        m_desk->sessions(), m_desk->ledger(), m_desk->clock().clock(), closed,
        [this] { return m_stay; },
        [this](const Account &account) { return m_desk->makeProbe(account); });
    QSignalSpy refused(m_clipboard.get(), &TokenClipboard::refused);
    QSignalSpy told(m_clipboard.get(), &TokenClipboard::told);
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QTRY_COMPARE(refused.count(), 1);
    QCOMPARE(refused[0][0].toString(), u"prod"_s);
    QVERIFY(refused[0][1].toString().startsWith(u"Nothing was copied"_s));
    QVERIFY(told.isEmpty());
    QVERIFY(m_desk->ledger().entries().isEmpty());
    QVERIFY(paste().isEmpty());
    m_clipboard.reset();
}

void TestTokenClipboard::renewsATokenAboutToEndFirst()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(59min + 30s);
    m_clipboard->copy(u"prod"_s);
    QVERIFY(asked().isEmpty());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Refreshing);
    m_desk->grant(u"prod"_s, 2);
    QCOMPARE(paste(), u"access-2"_s);
    QCOMPARE(m_told->count(), 2);
}

void TestTokenClipboard::copiesTheOldOneWhereNoNewOneCanBeHad()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(59min + 30s);
    m_clipboard->copy(u"prod"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(paste(), u"access-1"_s);
    QCOMPARE(told(), u"Token copied. It ends in 30 s."_s);
}

void TestTokenClipboard::copiesNothingWhereNoneIsGood()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(61min);
    m_clipboard->copy(u"prod"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QVERIFY(asked().isEmpty());
    QVERIFY(told().contains(u"nothing was copied"_s));
}

void TestTokenClipboard::doesNotCopyLongAfterItWasAsked()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(61min);
    m_clipboard->copy(u"prod"_s);
    advance(20s);
    QVERIFY(told().contains(u"nothing was copied"_s));
    m_desk->grant(u"prod"_s, 2);
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::tellsThatThereIsNothingToCopy()
{
    m_desk->signIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QVERIFY(told().contains(u"Sign in first"_s));
    QVERIFY(asked().isEmpty());
}

void TestTokenClipboard::copiesNothingThatTheAdministratorForbids()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->sessions().setRule([](const Account &) { return AccountProblem::ApplianceNotAllowed; });
    m_clipboard->copy(u"prod"_s);
    QVERIFY(told().startsWith(u"Your administrator does not allow this appliance."_s));
    QVERIFY(asked().isEmpty());
    QVERIFY(m_desk->ledger().entries().isEmpty());
}

void TestTokenClipboard::copiesNothingThatIsForbiddenWhileItWaits()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(59min + 30s);
    m_clipboard->copy(u"prod"_s);
    m_desk->sessions().setRule([](const Account &) { return AccountProblem::ApplianceNotAllowed; });
    m_desk->grant(u"prod"_s, 2);
    QVERIFY(told().startsWith(u"Your administrator does not allow this appliance."_s));
    QVERIFY(paste().isEmpty());
    QVERIFY(m_desk->ledger().entries().isEmpty());
}

void TestTokenClipboard::everyCopyIsInTheLedger()
{
    m_desk->signIn(u"lab"_s);
    m_clipboard->copy(u"lab"_s);
    QVERIFY(m_desk->ledger().entries().isEmpty());
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(m_desk->ledger().entries().size(), 1);
    QCOMPARE(m_desk->ledger().entries().first().session, u"prod"_s);
    QCOMPARE(m_desk->ledger().entries().first().answer, HandOut::Copied);
    QCOMPARE(m_desk->ledger().entries().first().program, Program());
}

QTEST_MAIN(TestTokenClipboard)
#include "tst_tokenclipboard.moc"
