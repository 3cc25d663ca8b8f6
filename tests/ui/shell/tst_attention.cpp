// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/attention.h"

#include "ui/uifixture.h"

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

    void tellsThatTheApplianceEndedTheSession();
    void tellsOfACertificateOnceThoughItComesBack();
    void tellsAgainOnceTheSessionWasWell();
    void isQuietAboutWhatAPersonDoes();

private:
    std::unique_ptr<UiFixture> m_desk;
};

void TestAttention::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
}

void TestAttention::tellsThatTheApplianceEndedTheSession()
{
    const Attention attention(m_desk->sessions());
    const QSignalSpy needed(&attention, &Attention::needed);
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(needed.count(), 1);
    QCOMPARE(needed[0][0].toString(), u"prod"_s);
    QCOMPARE(needed[0][1].toString(), u"Signed out"_s);
    QVERIFY(needed[0][2].toString().contains(u"Sign in again"_s));
}

void TestAttention::tellsOfACertificateOnceThoughItComesBack()
{
    const Attention attention(m_desk->sessions());
    const QSignalSpy needed(&attention, &Attention::needed);
    m_desk->signedIn(u"prod"_s).refreshNow();
    for (int i = 0; i < 3; ++i) {
        m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
        m_desk->advance(60s);
        QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Refreshing);
    }
    QCOMPARE(needed.count(), 1);
}

void TestAttention::tellsAgainOnceTheSessionWasWell()
{
    const Attention attention(m_desk->sessions());
    const QSignalSpy needed(&attention, &Attention::needed);
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->grant(u"prod"_s, 2);
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(needed.count(), 2);
}

void TestAttention::isQuietAboutWhatAPersonDoes()
{
    const Attention attention(m_desk->sessions());
    const QSignalSpy needed(&attention, &Attention::needed);
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    m_desk->session(u"prod"_s).submitCode(secret("123456"));
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    m_desk->signedIn(u"lab"_s).signOut();
    QCOMPARE(needed.count(), 0);
}

QTEST_MAIN(TestAttention)
#include "tst_attention.moc"
