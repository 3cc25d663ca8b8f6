// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/attention.h"

#include "ui/uifixture.h"

#include <QSettings>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAttention : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void tellsThatTheApplianceEndedTheSession();
    void tellsOfACertificateOnceThoughItComesBack();
    void tellsAgainOnceTheSessionWasWell();
    void isQuietAboutWhatAPersonDoes();
    void saysWhenANeedIsOver();
    void saysThatANeedIsOverOnceAPersonSignsIn();
    void tellsOfALapseAfterAMinuteWithoutAToken();
    void forgivesALapseThatIsShorter();
    void tellsOfALapseOnlyOnceItCannotRenew();
    void tellsANeedInPlaceOfALapse();
    void warnsOfTheEndWhileItCannotRenew();
    void warnsOfAnEndThatRenewalsDoNotMove();
    void warnsOfTheEndOfASessionThatCannotRenewAtAll();
    void doesNotWarnOfAnEndThatMoves();
    void tellsOnlyTheLastMomentThatWasSleptThrough();
    void remembersItsWarningsOverARestart();
    void forgetsASession();

private:
    void start();
    void advance(Milliseconds span);
    //! Signs in, with a refresh token that lives so long.
    Session &signedIn(Milliseconds life, Milliseconds refreshLife);
    void renew(int number, Milliseconds life, Milliseconds refreshLife);
    void failToRenew();
    [[nodiscard]] QList<Matter> told() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<Attention> m_attention;
    std::unique_ptr<QSignalSpy> m_due;
    std::unique_ptr<QSignalSpy> m_over;
};

void TestAttention::init()
{
    failOnUiWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
    start();
}

void TestAttention::cleanup()
{
    m_attention.reset();
    m_desk.reset();
    m_settings.reset();
}

void TestAttention::start()
{
    m_attention =
        std::make_unique<Attention>(m_desk->sessions(), m_desk->clock().clock(), *m_settings);
    m_due = std::make_unique<QSignalSpy>(m_attention.get(), &Attention::due);
    m_over = std::make_unique<QSignalSpy>(m_attention.get(), &Attention::over);
}

void TestAttention::advance(Milliseconds span)
{
    m_desk->advance(span);
    m_attention->look();
}

Session &TestAttention::signedIn(Milliseconds life, Milliseconds refreshLife)
{
    Session &session = m_desk->signIn(u"prod"_s);
    renew(1, life, refreshLife);
    return session;
}

void TestAttention::renew(int number, Milliseconds life, Milliseconds refreshLife)
{
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    Granted grant = granted(number, m_desk->clock().now(), duration_cast<seconds>(life));
    grant.reply.usualRefreshLife = duration_cast<seconds>(refreshLife);
    m_desk->client(u"prod"_s).answer(grant);
}

void TestAttention::failToRenew()
{
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Waiting);
}

QList<Matter> TestAttention::told() const
{
    QList<Matter> told;
    for (const QVariantList &due : *m_due)
        told.append(due[1].value<Matter>());
    return told;
}

void TestAttention::tellsThatTheApplianceEndedTheSession()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(told(), {Matter::Need});
    QCOMPARE(m_due->first()[0].toString(), u"prod"_s);
}

void TestAttention::tellsOfACertificateOnceThoughItComesBack()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    for (int i = 0; i < 3; ++i) {
        m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
        m_desk->advance(60s);
        QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Refreshing);
    }
    QCOMPARE(told(), {Matter::Need});
    QVERIFY(m_over->isEmpty());
}

void TestAttention::tellsAgainOnceTheSessionWasWell()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->grant(u"prod"_s, 2);
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(told(), QList({Matter::Need, Matter::Need}));
}

void TestAttention::isQuietAboutWhatAPersonDoes()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    m_desk->session(u"prod"_s).submitCode(secret("123456"));
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    m_desk->signedIn(u"lab"_s).signOut();
    QVERIFY(m_due->isEmpty());
}

void TestAttention::saysWhenANeedIsOver()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    QVERIFY(m_over->isEmpty());
    m_desk->grant(u"prod"_s, 2);
    QCOMPARE(m_over->count(), 1);
    QCOMPARE(m_over->first()[0].toString(), u"prod"_s);
}

void TestAttention::saysThatANeedIsOverOnceAPersonSignsIn()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    m_desk->signIn(u"prod"_s);
    QCOMPARE(m_over->count(), 1);
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    QCOMPARE(told(), {Matter::Need});
}

void TestAttention::tellsOfALapseAfterAMinuteWithoutAToken()
{
    m_desk->signedIn(u"prod"_s, 10min);
    failToRenew();
    advance(10min + 59s);
    failToRenew();
    QVERIFY(m_due->isEmpty());
    advance(1s);
    QCOMPARE(told(), {Matter::Lapse});
    failToRenew();
    advance(1h);
    QCOMPARE(told(), {Matter::Lapse});
    QVERIFY(m_over->isEmpty());
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->grant(u"prod"_s, 2);
    QCOMPARE(m_over->count(), 1);
}

void TestAttention::forgivesALapseThatIsShorter()
{
    m_desk->signedIn(u"prod"_s, 10min);
    failToRenew();
    advance(10min + 59s);
    failToRenew();
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->grant(u"prod"_s, 2);
    advance(1min);
    QVERIFY(m_due->isEmpty());
}

// At a start, the token may have lapsed long ago.
void TestAttention::tellsOfALapseOnlyOnceItCannotRenew()
{
    m_desk->signedIn(u"prod"_s, 10min);
    m_desk->clock().advance(24h);
    failToRenew();
    QVERIFY(m_due->isEmpty());
    m_desk->clock().advance(1min);
    m_attention->look();
    QCOMPARE(told(), {Matter::Lapse});
}

void TestAttention::tellsANeedInPlaceOfALapse()
{
    m_desk->signedIn(u"prod"_s, 10min);
    failToRenew();
    m_desk->clock().advance(12min);
    m_attention->look();
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(told(), QList({Matter::Lapse, Matter::Need}));
    QVERIFY(m_over->isEmpty());
}

void TestAttention::warnsOfTheEndWhileItCannotRenew()
{
    signedIn(200h, 100h);
    failToRenew();
    advance(28h);
    QCOMPARE(told(), {Matter::End});
    advance(1h);
    failToRenew();
    QCOMPARE(told(), {Matter::End});
    advance(47h);
    QCOMPARE(told(), QList({Matter::End, Matter::End}));
    m_desk->session(u"prod"_s).refreshNow();
    renew(2, 200h, 100h);
    QCOMPARE(m_over->count(), 1);
}

void TestAttention::warnsOfAnEndThatRenewalsDoNotMove()
{
    signedIn(1h, 80h);
    advance(1h);
    renew(2, 1h, 79h);
    QVERIFY(m_due->isEmpty());
    m_desk->clock().advance(7h);
    m_attention->look();
    QCOMPARE(told(), {Matter::End});
}

void TestAttention::warnsOfTheEndOfASessionThatCannotRenewAtAll()
{
    m_desk->signIn(u"prod"_s);
    Granted grant = granted(1, m_desk->clock().now(), 1h);
    grant.reply.refreshToken = {};
    m_desk->client(u"prod"_s).answer(grant);
    advance(44min);
    QVERIFY(m_due->isEmpty());
    advance(1min);
    QCOMPARE(told(), {Matter::End});
}

void TestAttention::doesNotWarnOfAnEndThatMoves()
{
    signedIn(1h, 130min);
    for (int number = 2; number < 6; ++number) {
        advance(45min);
        m_desk->session(u"prod"_s).refreshNow();
        renew(number, 1h, 130min);
    }
    QVERIFY(m_due->isEmpty());
}

void TestAttention::tellsOnlyTheLastMomentThatWasSleptThrough()
{
    signedIn(200h, 100h);
    failToRenew();
    advance(99h);
    QCOMPARE(told(), {Matter::End});
}

void TestAttention::remembersItsWarningsOverARestart()
{
    signedIn(200h, 100h);
    failToRenew();
    advance(28h);
    QCOMPARE(told(), {Matter::End});
    start();
    failToRenew();
    QVERIFY(m_due->isEmpty());
    start();
    advance(48h);
    failToRenew();
    QCOMPARE(told(), {Matter::End});
}

void TestAttention::forgetsASession()
{
    signedIn(200h, 100h);
    failToRenew();
    advance(28h);
    m_desk->sessions().forget(u"prod"_s);
    QCOMPARE(m_over->count(), 1);
    QVERIFY(m_settings->allKeys().isEmpty());
}

QTEST_MAIN(TestAttention)
#include "tst_attention.moc"
