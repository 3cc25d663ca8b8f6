// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/pathwatch.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPathWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seesAFileComeChangeAndGo();
    void seesAFolderSwapped();
    void looksAgainAndAgainWhereItCannotWatch();
    void complainsOnceOfWhatCannotBeWatched();
    void findsTheNearestFolder();
};

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

void TestPathWatch::seesAFileComeChangeAndGo()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(u"settings"_s);
    const QString path = folder + u"/file"_s;
    PathWatch watch([&] {
        QStringList wanted{PathWatch::nearest(folder)};
        if (QFile::exists(path))
            wanted.append(path);
        return wanted;
    });
    const QSignalSpy changed(&watch, &PathWatch::changed);
    const std::function<void()> changes[] = {
        [&] { QVERIFY(QDir().mkdir(folder)); },
        [&] { write(path, "one"); },
        [&] { write(path, "other"); },
        [&] { QVERIFY(QFile::setPermissions(path, QFile::ReadOwner)); },
        [&] {
            write(path + u".new"_s, "new");
            QVERIFY(QFile::remove(path) && QFile::rename(path + u".new"_s, path));
        },
        [&] { QVERIFY(QFile::remove(path)); },
    };
    for (const auto &change : changes) {
        watch.look();
        const qsizetype before = changed.size();
        change();
        QTRY_VERIFY(changed.size() > before);
    }
}

//! And what then happens in the other one.
void TestPathWatch::seesAFolderSwapped()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(u"settings"_s);
    const QString path = folder + u"/file"_s;
    for (const QString &name : {folder, folder + u".new"_s}) {
        QVERIFY(QDir().mkdir(name));
        write(name + u"/file"_s, "one");
    }
    PathWatch watch([&] { return PathWatch::leadingTo(folder, 1) + QStringList(path); });
    const QSignalSpy changed(&watch, &PathWatch::changed);
    const std::function<void()> changes[] = {
        [&] {
            QVERIFY(QDir().rename(folder, folder + u".old"_s));
            QVERIFY(QDir().rename(folder + u".new"_s, folder));
        },
        [&] { write(path, "other"); },
        [&] { write(folder + u"/another"_s, "one"); },
    };
    for (const auto &change : changes) {
        watch.look();
        const qsizetype before = changed.size();
        change();
        QTRY_VERIFY(changed.size() > before);
        QCoreApplication::processEvents(); // what else is told of that change
    }
}

//! As where the system watches no more files.
void TestPathWatch::looksAgainAndAgainWhereItCannotWatch()
{
    const QTemporaryDir home;
    const QString path = home.filePath(u"file"_s);
    PathWatch watch([&] { return QStringList(path); }, std::chrono::milliseconds(1));
    const QSignalSpy changed(&watch, &PathWatch::changed);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"tells of no changes"_s));
    watch.look();
    QVERIFY(watch.isBlind());
    QTRY_VERIFY(changed.size() > 1);
    write(path, "now");
    QTRY_VERIFY((watch.look(), !watch.isBlind()));
}

namespace {

QStringList heard;

} // namespace

//! However often it tries.
void TestPathWatch::complainsOnceOfWhatCannotBeWatched()
{
    const QTemporaryDir home;
    const QString file = home.filePath(u"file"_s);
    write(file, "one");
    PathWatch watch([&] { return QStringList(file + u"/in"_s); }, std::chrono::milliseconds(0));
    heard.clear();
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { heard.append(text); });
    for (int i = 0; i < 3; ++i)
        watch.look();
    qInstallMessageHandler(before);
    QCOMPARE(heard.size(), 1);
    QVERIFY(heard.first().contains(u"tells of no changes"_s));
}

void TestPathWatch::findsTheNearestFolder()
{
    const QTemporaryDir home;
    QCOMPARE(PathWatch::nearest(home.path()), home.path());
    QCOMPARE(PathWatch::nearest(home.filePath(u"a/b"_s)), home.path());
    QCOMPARE(PathWatch::leadingTo(home.filePath(u"a/b"_s), 2), QStringList(home.path()));
    QCOMPARE(PathWatch::leadingTo(home.path(), 0), QStringList(home.path()));
    QVERIFY(QDir(home.path()).mkpath(u"a"_s));
    QCOMPARE(PathWatch::leadingTo(home.filePath(u"a/b"_s), 2),
        QStringList({home.path(), home.filePath(u"a"_s)}));
    QVERIFY(QDir(home.path()).mkpath(u"a/b"_s));
    QCOMPARE(PathWatch::leadingTo(home.filePath(u"a/b"_s), 2),
        QStringList({home.path(), home.filePath(u"a"_s), home.filePath(u"a/b"_s)}));
    QCOMPARE(PathWatch::leadingTo(u"/proc"_s, 2), QStringList(u"/proc"_s));
}

QTEST_GUILESS_MAIN(TestPathWatch)
#include "tst_pathwatch.moc"
