// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/agentaddress.h"

#include "platform/agentaddress.h"
#include "support/warnings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

//! Both ends of the agent's socket must look for it in the same place.
class TestAgentAddress final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theOneThatIsChosenIsTheOnlyOne();
    void aRunTimeFolderOfOnesOwnIsTheOnlyOne();
    void aRunTimeFolderThatIsMissingIsMade();
    void aRunTimeFolderThatIsOfNoUseIsNamed_data();
    void aRunTimeFolderThatIsOfNoUseIsNamed();
    void withoutOneThereIsAPlaceOfOurOwn();
    void theAgentTakesTheFirstThatProgramsLookAt_data();
    void theAgentTakesTheFirstThatProgramsLookAt();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    const std::string m_own = "/tmp/latchkey-" + std::to_string(getuid()) + "/agent.sock";
    const std::string m_users = "/run/user/" + std::to_string(getuid());
};

void TestAgentAddress::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    qunsetenv("LATCHKEY_SOCKET");
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
}

void TestAgentAddress::theOneThatIsChosenIsTheOnlyOne()
{
    qputenv("LATCHKEY_SOCKET", "/elsewhere/socket");
    QCOMPARE(protocol::agentAddresses(), std::vector<std::string>{"/elsewhere/socket"});
    qunsetenv("XDG_RUNTIME_DIR");
    QCOMPARE(protocol::runtimeFolderProblem(), std::string());
    QCOMPARE(remarkOn(agentAddress()), std::nullopt);
}

void TestAgentAddress::aRunTimeFolderOfOnesOwnIsTheOnlyOne()
{
    QCOMPARE(protocol::agentAddresses(),
        std::vector{m_folder->path().toStdString() + "/latchkey/agent.sock"});
    QCOMPARE(protocol::runtimeFolderProblem(), std::string());
}

void TestAgentAddress::aRunTimeFolderThatIsMissingIsMade()
{
    const QString missing = m_folder->filePath(u"deep/run"_s);
    qputenv("XDG_RUNTIME_DIR", missing.toUtf8());
    QCOMPARE(agentAddress(), missing + u"/latchkey/agent.sock"_s);
    struct stat info{};
    QCOMPARE(stat(missing.toUtf8().constData(), &info), 0);
    QCOMPARE(info.st_mode & (S_IRWXG | S_IRWXO), 0U);
}

void TestAgentAddress::aRunTimeFolderThatIsOfNoUseIsNamed_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::newRow("relative") << "run"_ba;
    QTest::newRow("a file") << "/proc/version"_ba;
    QTest::newRow("another user's") << (getuid() == 0 ? "/latchkey-test"_ba : "/proc"_ba);
}

void TestAgentAddress::aRunTimeFolderThatIsOfNoUseIsNamed()
{
    QFETCH(QByteArray, runtime);
    const QTemporaryDir folder;
    if (runtime == "/latchkey-test") {
        runtime = folder.path().toUtf8();
        QCOMPARE(chown(runtime.constData(), 12345, 12345), 0);
    }
    qputenv("XDG_RUNTIME_DIR", runtime);
    for (const std::string &address : protocol::agentAddresses())
        QVERIFY(!address.starts_with(runtime.toStdString()));
    QVERIFY(protocol::runtimeFolderProblem().find(runtime.constData()) != std::string::npos);
    const auto remark = remarkOn(agentAddress());
    QVERIFY(remark && remark->contains(u"XDG_RUNTIME_DIR"_s) && remark->endsWith(agentAddress()));
}

void TestAgentAddress::withoutOneThereIsAPlaceOfOurOwn()
{
    qunsetenv("XDG_RUNTIME_DIR");
    const bool hasUsers = QDir(QString::fromStdString(m_users)).exists();
    QCOMPARE(
        protocol::agentAddresses().front(), hasUsers ? m_users + "/latchkey/agent.sock" : m_own);
    QCOMPARE(protocol::agentAddresses().back(), m_own);
    QCOMPARE(protocol::runtimeFolderProblem().empty(), hasUsers);
}

void TestAgentAddress::theAgentTakesTheFirstThatProgramsLookAt_data()
{
    QTest::addColumn<QByteArray>("chosen");
    QTest::addColumn<QByteArray>("runtime");
    QTest::newRow("chosen") << "/elsewhere/socket"_ba << "/run"_ba;
    QTest::newRow("run-time folder") << QByteArray() << QDir::currentPath().toUtf8();
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("of no use") << QByteArray() << "/proc/version"_ba;
}

void TestAgentAddress::theAgentTakesTheFirstThatProgramsLookAt()
{
    QFETCH(const QByteArray, chosen);
    QFETCH(const QByteArray, runtime);
    qputenv("LATCHKEY_SOCKET", chosen);
    qputenv("XDG_RUNTIME_DIR", runtime);
    const QString address = agentAddress();
    QCOMPARE(protocol::agentAddresses().front(), address.toStdString());
}

QTEST_GUILESS_MAIN(TestAgentAddress)
#include "tst_agentaddress.moc"
