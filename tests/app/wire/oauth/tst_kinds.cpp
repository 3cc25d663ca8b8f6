// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kinds.h"

#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // in milliseconds

} // namespace

class TestKinds final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void shippedKindsAreThere();
    void unknownIdsAreNotFound_data();
    void unknownIdsAreNotFound();
    void filesAddKinds();
    void laterFoldersTakePrecedence();
    void shippedKindIsReplacedOnlyByIntent();
    void brokenFileIsNamed();
    void newFileIsSeenAtOnce();
    void folderMayComeLater();
    void theAdministratorsFolderMayBeSwapped();
    void lastGoodTextCountsWhileTheFileIsBroken();
    void brokenReplacementLeavesItsKindMissing_data();
    void brokenReplacementLeavesItsKindMissing();
    void kindGoesWithItsFile();
    void fileMayVanishForAMoment();
    void whatChangesNothingIsNotTold();
    void changeDuringTheFirstLookIsSeen();
    void otherFilesAreLeftAlone();

private:
    //! Writes a kind of that id into a folder, with other members changed.
    void write(const QString &folder, const QString &id, const QJsonObject &others = {});
    void writeText(const QString &path, const QByteArray &text);
    [[nodiscard]] QString users() const { return m_folder->filePath(u"users/kinds"_s); }
    [[nodiscard]] QString systems() const { return m_folder->filePath(u"system/kinds"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestKinds::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestKinds::write(const QString &folder, const QString &id, const QJsonObject &others)
{
    QJsonObject kind{{u"id"_s, id}, {u"name"_s, u"Kind "_s + id},
        {u"token"_s, QJsonObject{{u"path"_s, u"/token"_s}}},
        {u"grants"_s,
            QJsonObject{{u"field"_s, u"g"_s}, {u"password"_s, u"p"_s}, {u"refresh"_s, u"r"_s}}},
        {u"request"_s,
            QJsonObject{{u"user"_s, u"u"_s}, {u"password"_s, u"p"_s}, {u"refreshToken"_s, u"r"_s}}},
        {u"reply"_s, QJsonObject{{u"accessToken"_s, u"a"_s}}}};
    for (auto member = others.begin(); member != others.end(); ++member)
        kind.insert(member.key(), *member);
    writeText(u"%1/%2.json"_s.arg(folder, id), QJsonDocument(kind).toJson());
}

void TestKinds::writeText(const QString &path, const QByteArray &text)
{
    QVERIFY(QDir().mkpath(path.section(u'/', 0, -2)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

void TestKinds::shippedKindsAreThere()
{
    const Kinds kinds;
    QCOMPARE(kinds.all().size(), 9);
    QVERIFY(kinds.problems().isEmpty());
    QCOMPARE(kinds.find(u"azure"_s)->name, u"Veeam Backup for Microsoft Azure"_s);
    QVERIFY(kinds.find(u"azure"_s)->isShipped());
}

void TestKinds::unknownIdsAreNotFound_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("unknown") << u"nimbus"_s;
    QTest::newRow("another case") << u"Azure"_s;
    QTest::newRow("a path") << u"../kinds/azure"_s;
}

void TestKinds::unknownIdsAreNotFound()
{
    QFETCH(const QString, id);
    QVERIFY(!Kinds().find(id));
}

void TestKinds::filesAddKinds()
{
    write(systems(), u"nimbus"_s);
    write(users(), u"cumulus"_s);
    const Kinds kinds({systems(), users()});
    QCOMPARE(kinds.all().size(), 11);
    QCOMPARE(kinds.find(u"nimbus"_s)->source, systems() + u"/nimbus.json"_s);
    QVERIFY(!kinds.find(u"cumulus"_s)->isShipped());
}

void TestKinds::laterFoldersTakePrecedence()
{
    write(systems(), u"nimbus"_s, {{u"port"_s, 1}});
    write(users(), u"nimbus"_s, {{u"port"_s, 2}, {u"replaces"_s, u"nimbus"_s}});
    QCOMPARE(Kinds({systems(), users()}).find(u"nimbus"_s)->port, 2);
}

void TestKinds::shippedKindIsReplacedOnlyByIntent()
{
    write(users(), u"azure"_s, {{u"port"_s, 7}});
    const Kinds kinds({users()});
    QCOMPARE(kinds.find(u"azure"_s)->port, 443);
    QCOMPARE(kinds.problems(),
        (QList<KindProblem>{{users() + u"/azure.json"_s, u"id"_s,
            u"is that of :/kinds/azure.json; to take its place, add \"replaces\": \"azure\""_s}}));

    write(users(), u"azure"_s, {{u"port"_s, 7}, {u"replaces"_s, u"azure"_s}});
    QCOMPARE(Kinds({users()}).find(u"azure"_s)->port, 7);
}

void TestKinds::brokenFileIsNamed()
{
    write(users(), u"nimbus"_s, {{u"tokn"_s, 1}});
    const Kinds kinds({users()});
    QVERIFY(!kinds.find(u"nimbus"_s));
    QCOMPARE(kinds.problems(),
        (QList<KindProblem>{
            {users() + u"/nimbus.json"_s, u"tokn"_s, u"is not a member that Latchkey knows"_s}}));
}

void TestKinds::newFileIsSeenAtOnce()
{
    QVERIFY(QDir().mkpath(users()));
    const Kinds kinds({users()});
    write(users(), u"nimbus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(kinds.find(u"nimbus"_s), patience);
}

void TestKinds::folderMayComeLater()
{
    const Kinds kinds({users()});
    write(users(), u"nimbus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(kinds.find(u"nimbus"_s), patience);
    write(users(), u"nimbus"_s, {{u"port"_s, 2}});
    QTRY_COMPARE_WITH_TIMEOUT(kinds.find(u"nimbus"_s)->port, 2, patience);
}

//! The one that the kinds are in, with all that is in it.
void TestKinds::theAdministratorsFolderMayBeSwapped()
{
    const QString system = m_folder->filePath(u"system"_s);
    const QString other = m_folder->filePath(u"other"_s);
    QVERIFY(QDir().mkpath(users())); // or what is above both folders would be watched
    write(systems(), u"nimbus"_s, {{u"port"_s, 1}});
    write(other + u"/kinds"_s, u"nimbus"_s, {{u"port"_s, 2}});
    const Kinds kinds({systems(), users()});
    QVERIFY(QDir().rename(system, system + u".old"_s) && QDir().rename(other, system));
    QTRY_COMPARE_WITH_TIMEOUT(kinds.find(u"nimbus"_s)->port, 2, patience);
    write(systems(), u"nimbus"_s, {{u"port"_s, 3}});
    QTRY_COMPARE_WITH_TIMEOUT(kinds.find(u"nimbus"_s)->port, 3, patience);
}

void TestKinds::lastGoodTextCountsWhileTheFileIsBroken()
{
    write(users(), u"nimbus"_s);
    const Kinds kinds({users()});
    writeText(users() + u"/nimbus.json"_s, "{ half");
    QTRY_COMPARE_WITH_TIMEOUT(kinds.problems().size(), 1, patience);
    QVERIFY(kinds.find(u"nimbus"_s));
    write(users(), u"nimbus"_s, {{u"port"_s, 2}});
    QTRY_VERIFY_WITH_TIMEOUT(kinds.problems().isEmpty(), patience);
    QCOMPARE(kinds.find(u"nimbus"_s)->port, 2);
}

void TestKinds::kindGoesWithItsFile()
{
    write(users(), u"nimbus"_s);
    const Kinds kinds({users()});
    QSignalSpy changed(&kinds, &Kinds::changed);
    QVERIFY(QFile::remove(users() + u"/nimbus.json"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!kinds.find(u"nimbus"_s), patience);
    QVERIFY(!changed.isEmpty());
}

void TestKinds::brokenReplacementLeavesItsKindMissing_data()
{
    QTest::addColumn<QJsonObject>("others");
    QTest::addColumn<bool>("isMissing");
    const QJsonValue azure(u"azure"_s);
    QTest::newRow("a slip") << QJsonObject{{u"replaces"_s, azure}, {u"tokn"_s, 1}} << true;
    QTest::newRow("a wrong path") << QJsonObject{{u"replaces"_s, azure}, {u"token"_s, u"/x"_s}}
                                  << true;
    QTest::newRow("another's place") << QJsonObject{{u"replaces"_s, u"aws"_s}} << false;
    QTest::newRow("nobody's place") << QJsonObject{{u"tokn"_s, 1}} << false;
}

void TestKinds::brokenReplacementLeavesItsKindMissing()
{
    QFETCH(const QJsonObject, others);
    write(users(), u"azure"_s, others);
    const Kinds kinds({users()});
    QTEST(!kinds.find(u"azure"_s), "isMissing");
    QVERIFY(kinds.find(u"aws"_s));
    QCOMPARE(kinds.problems().size(), 1);
    write(users(), u"azure"_s, {{u"port"_s, 7}, {u"replaces"_s, u"azure"_s}});
    QTRY_VERIFY_WITH_TIMEOUT(kinds.problems().isEmpty(), patience);
    QCOMPARE(kinds.find(u"azure"_s)->port, 7);
}

void TestKinds::fileMayVanishForAMoment()
{
    write(users(), u"nimbus"_s);
    const Kinds kinds({users()});
    QList<bool> wasThere;
    connect(&kinds, &Kinds::changed, this,
        [&] { wasThere.append(kinds.find(u"nimbus"_s).has_value()); });
    QVERIFY(QFile::remove(users() + u"/nimbus.json"_s));
    write(users(), u"cumulus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(kinds.find(u"cumulus"_s), patience);
    QVERIFY(kinds.problems().isEmpty());
    write(users(), u"nimbus"_s, {{u"port"_s, 2}});
    QTRY_VERIFY_WITH_TIMEOUT(
        kinds.find(u"nimbus"_s) && kinds.find(u"nimbus"_s)->port == 2, patience);
    QVERIFY(!wasThere.contains(false));
}

//! While the folder does not exist, the one above it is watched.
void TestKinds::whatChangesNothingIsNotTold()
{
    const QString above = users().section(u'/', 0, -2);
    QVERIFY(QDir().mkpath(above));
    const Kinds kinds({users()});
    QSignalSpy changed(&kinds, &Kinds::changed);
    QFileSystemWatcher watcher({above});
    QSignalSpy seen(&watcher, &QFileSystemWatcher::directoryChanged);
    writeText(above + u"/accounts.json"_s, "{}");
    QVERIFY(seen.wait(patience));
    QCoreApplication::processEvents();
    QCOMPARE(changed.size(), 0);
    write(users(), u"nimbus"_s);
    QVERIFY(changed.wait(patience));
}

//! Qt says what it is going to watch, and the file changes just then.
void TestKinds::changeDuringTheFirstLookIsSeen()
{
    write(users(), u"nimbus"_s);
    static std::function<void()> change;
    change = [this] {
        write(users(), u"nimbus"_s, {{u"port"_s, 2}});
    };
    QLoggingCategory::setFilterRules(u"qt.core.filesystemwatcher.debug=true"_s);
    const auto before = qInstallMessageHandler([](auto, const auto &, const QString &) {
        if (const auto once = std::exchange(change, {}))
            once();
    });
    const Kinds kinds({users()});
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QVERIFY2(!change, "Qt does not say what it watches");
    QTRY_COMPARE_WITH_TIMEOUT(kinds.find(u"nimbus"_s)->port, 2, patience);
}

void TestKinds::otherFilesAreLeftAlone()
{
    writeText(users() + u"/nimbus.json~"_s, "{ half");
    writeText(users() + u"/README"_s, "hello");
    const Kinds kinds({users()});
    QVERIFY(kinds.problems().isEmpty());
    QCOMPARE(kinds.all().size(), 9);
}

QTEST_GUILESS_MAIN(TestKinds)
#include "tst_kinds.moc"
