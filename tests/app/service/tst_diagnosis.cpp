// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/diagnosis.h"

#include "service/service.h"
#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/fakevaultkey.h"
#include "support/replies.h"
#include "support/settingsrig.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDiagnosis final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theReportHoldsWhatHelps();
    void ofVeryManySessionsTheWorstAreInIt();
    void settingsAreInItThatAPersonCanRead();
    void aSecretInTheLogStopsIt_data();
    void aSecretInTheLogStopsIt();
    void theSessionThatHoldsASecretIsTold();
    void whatTheDoctorTellsOfASessionIsSearchedToo();
    void aDoctorForOneLooksAtThatOne();
    void whatIsWrongWithoutLookingIsFoundAtOnce();

private:
    Session &signIn(const QString &name);
    Session &signedIn(const QString &name);
    [[nodiscard]] Report report() const
    {
        return m_diagnosis->report({{u"program"_s, u"latchkeyd"_s}});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ServiceOptions m_options;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::shared_ptr<FakeVault> m_vault;
    FakeTokenClient *m_client = nullptr; //!< of the last session
    std::unique_ptr<SessionModel> m_sessions;
    FakeVaultKey m_key;
    ProxyMemory m_proxies{[](const QUrl &) {
        return ProxyChoice{QNetworkProxy(
            QNetworkProxy::HttpProxy, u"proxy.test"_s, 3128, u"me"_s, u"password-of-the-proxy"_s)};
    }};
    SettingsRig m_choices;
    std::unique_ptr<QSettings> m_windows;
    std::unique_ptr<MessageLog> m_log;
    std::unique_ptr<Diagnosis> m_diagnosis;
};

void TestDiagnosis::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_options.configFolder = m_folder->path();
    m_options.dataFolder = m_folder->path();
    m_options.program = u"latchkeyd"_s;
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_vault = std::make_shared<FakeVault>();
    m_sessions = std::make_unique<SessionModel>([this](const Account &account) {
        auto client = std::make_unique<FakeTokenClient>();
        m_client = client.get();
        return std::make_unique<Session>(account, std::move(client), storeOn(m_vault),
            RefreshPolicy([] { return 0.5; }), SessionHistory(), *m_deadlines);
    });
    m_windows = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_log = std::make_unique<MessageLog>(MessageLog::Place());
    m_diagnosis = std::make_unique<Diagnosis>(
        Diagnosis::Parts{m_options, *m_windows, *m_sessions, shippedKinds(),
            m_choices.settings().administration(), m_key, m_proxies, *m_log, *m_deadlines,
            [this](const Account &account) {
                return std::make_unique<ApplianceProbe>(
                    account.server, account.pin, m_network->factory(), *m_deadlines);
            },
            [] {
                return nullptr;
            }});
}

void TestDiagnosis::cleanup()
{
    m_diagnosis.reset();
    m_sessions.reset();
}

Session &TestDiagnosis::signIn(const QString &name)
{
    Account account = anAccount();
    account.name = name;
    return **m_sessions->signIn(account, secret("password-of-a-person"));
}

Session &TestDiagnosis::signedIn(const QString &name)
{
    Session &session = signIn(name);
    m_client->answer(granted(1, m_clock.now()));
    return session;
}

void TestDiagnosis::theReportHoldsWhatHelps()
{
    signedIn(u"prod"_s);
    m_log->add("10:00 info latchkey.session: prod active");
    const QJsonObject told = report().value();
    QCOMPARE(told["versions"_L1]["latchkey"_L1].toString(), QStringLiteral(LATCHKEY_VERSION));
    QCOMPARE(told["versions"_L1]["qt"_L1].toString(), QString::fromLatin1(qVersion()));
    QCOMPARE(told["doctor"_L1]["program"_L1].toString(), u"latchkeyd"_s);
    const QJsonValue session = told["sessions"_L1][0];
    QCOMPARE(session["name"_L1].toString(), u"prod"_s);
    QVERIFY(!session["history"_L1].toArray().isEmpty());
    QVERIFY(told["log"_L1][0].toString().contains("prod active"_L1));
}

void TestDiagnosis::ofVeryManySessionsTheWorstAreInIt()
{
    for (int i = 0; i < Diagnosis::mostSessions + 20; ++i)
        signedIn(u"well-%1"_s.arg(i));
    signedIn(u"badly"_s).refreshNow();
    m_client->answer(AuthError{AuthError::Type::Expired, 401, {}, {}});
    const QJsonObject told = report().value();
    const QJsonArray sessions = told["sessions"_L1].toArray();
    QCOMPARE(sessions.size(), Diagnosis::mostSessions);
    QCOMPARE(sessions[0]["name"_L1].toString(), u"badly"_s);
    for (const QJsonValue &session : sessions)
        QVERIFY(session["history"_L1].toArray().size() <= 10);
}

void TestDiagnosis::settingsAreInItThatAPersonCanRead()
{
    m_windows->setValue(u"lock/withScreen"_s, false);
    m_windows->setValue(u"window/geometry"_s, QByteArray("\x1\xd9"));
    const QJsonObject settings = report().value()["settings"_L1].toObject();
    QCOMPARE(settings["lock/withScreen"_L1].toVariant().toBool(), false);
    QCOMPARE(settings["log"_L1].toString(), u"off"_s);
    QVERIFY(!settings.contains("window/geometry"_L1));
}

void TestDiagnosis::aSecretInTheLogStopsIt_data()
{
    QTest::addColumn<QByteArray>("leak");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("access token") << QByteArray("access-1");
    QTest::newRow("refresh token in Base64") << QByteArray("refresh-1").toBase64();
    QTest::newRow("password of a sign-in") << QByteArray("password-of-a-person");
    QTest::newRow("vault key") << QByteArray(32, 'k').toHex();
    QTest::newRow("password of a proxy") << QByteArray("password-of-the-proxy").toPercentEncoding();
}

void TestDiagnosis::aSecretInTheLogStopsIt()
{
    QFETCH(const QByteArray, leak);
    signedIn(u"prod"_s);
    signIn(u"second"_s);
    m_key.arrive();
    (void)m_proxies.find(QUrl(u"https://appliance.test"_s));
    m_log->add("10:00 warning latchkey.wire: the appliance said " + leak);
    QCOMPARE(report().isOk(), leak.isEmpty());
    if (!leak.isEmpty())
        QCOMPARE(report().error(), Leak());
}

//! By its name, unless that is what holds the secret.
void TestDiagnosis::theSessionThatHoldsASecretIsTold()
{
    signedIn(u"prod"_s);
    Account account = anAccount();
    account.name = u"second"_s;
    account.user = u"me-refresh-1"_s;
    QVERIFY(m_sessions->signIn(account, secret("password-of-a-person")));
    QCOMPARE(report().error(), (Leak{2, u"second"_s}));
    m_sessions->forget(u"second"_s);
    signIn(u"third"_s);
    signIn(u"x-refresh-1-y"_s);
    QCOMPARE(report().error(), (Leak{3, {}}));
}

//! Not all of them are told of beside what the doctor has found.
void TestDiagnosis::whatTheDoctorTellsOfASessionIsSearchedToo()
{
    signedIn(u"prod"_s);
    const QJsonArray sessions{QJsonObject{{u"name"_s, u"prod"_s}, {u"problem"_s, u"access-1"_s}}};
    QCOMPARE(m_diagnosis->report({{u"sessions"_s, sessions}}).error(), (Leak{1, u"prod"_s}));
}

void TestDiagnosis::aDoctorForOneLooksAtThatOne()
{
    signedIn(u"one"_s);
    signedIn(u"two"_s);
    QCOMPARE(m_diagnosis->makeDoctor({})->findings().size(), 2);
    const auto doctor = m_diagnosis->makeDoctor(u"two"_s);
    QCOMPARE(doctor->findings().size(), 1);
    QCOMPARE(doctor->findings().first().session, u"two"_s);
}

void TestDiagnosis::whatIsWrongWithoutLookingIsFoundAtOnce()
{
    m_diagnosis->noteDamagedList(u"/home/x/accounts.json.damaged"_s);
    const auto doctor = m_diagnosis->makeDoctor({});
    const QList<Finding> findings = doctor->findings();
    QCOMPARE(findings.size(), 1);
    QVERIFY(findings.first().state == Finding::State::Wrong);
    QCOMPARE(findings.first().problem.english, doctor->soFar()["problem"_L1].toString());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The administrator's policy"_s));
    m_choices.decree("{");
    const auto another = m_diagnosis->makeDoctor({});
    const Sentence fault = another->findings().last().problem;
    QVERIFY(fault.english.contains(u"policy"_s));
    QCOMPARE(another->soFar()["policy"_L1]["problem"_L1].toString(), fault.english);
}

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
