// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/policysource.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPolicySource : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void saysNothingWithoutAFile();
    void readsTheAdministratorsFile();
    void refusesWhatOthersCouldHaveWritten_data();
    void refusesWhatOthersCouldHaveWritten();
    void tellsOfEachChange();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"latchkey/policy.json"_s); }
    [[nodiscard]] std::unique_ptr<PolicySource> source(uid_t owner = geteuid()) const
    {
        return makePolicySource(m_folder->filePath(u"latchkey"_s), owner);
    }
    void write(const QByteArray &text, mode_t mode = 0644) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPolicySource::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(mkdir(QFile::encodeName(m_folder->filePath(u"latchkey"_s)).constData(), 0755) == 0);
}

void TestPolicySource::write(const QByteArray &text, mode_t mode) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
    QVERIFY(fchmod(file.handle(), mode) == 0);
}

void TestPolicySource::saysNothingWithoutAFile()
{
    QVERIFY(!source()->read().json);
    QVERIFY(source()->read().fault.isEmpty());
    QVERIFY(QDir(m_folder->filePath(u"latchkey"_s)).removeRecursively());
    QVERIFY(source()->read().fault.isEmpty());
}

void TestPolicySource::readsTheAdministratorsFile()
{
    write("{}");
    QCOMPARE(source()->read().json, QByteArray("{}"));
    QCOMPARE(source()->place(), path());
}

void TestPolicySource::refusesWhatOthersCouldHaveWritten_data()
{
    using Make = std::function<void()>;
    QTest::addColumn<Make>("make");
    QTest::addColumn<bool>("isOthers");
    QTest::addColumn<QString>("fault");
    const auto change = [this](const QString &name, mode_t mode) {
        QVERIFY(chmod(QFile::encodeName(m_folder->filePath(name)).constData(), mode) == 0);
    };
    QTest::newRow("of another") << Make([this] { write("{}"); }) << true << u"belong to root"_s;
    QTest::newRow("the group's") << Make([this] { write("{}", 0664); }) << false << u"go-w"_s;
    QTest::newRow("everybody's") << Make([this] { write("{}", 0646); }) << false << u"go-w"_s;
    QTest::newRow("folder") << Make([=, this] {
        write("{}");
        change(u"latchkey"_s, 0777);
    }) << false << u"in a folder that others"_s;
    QTest::newRow("link") << Make([this] {
        write("{}");
        QVERIFY(QFile::rename(path(), path() + u"-"_s) && QFile::link(path() + u"-"_s, path()));
    }) << false << u"is a link"_s;
    QTest::newRow("dangling link")
        << Make([this] { QVERIFY(QFile::link(u"/nowhere"_s, path())); }) << false << u"is a link"_s;
    QTest::newRow("no file") << Make([this] { QVERIFY(QDir().mkdir(path())); }) << false
                             << u"is not a file"_s;
    QTest::newRow("pipe") << Make([this] {
        QVERIFY(mkfifo(QFile::encodeName(path()).constData(), 0644) == 0);
    }) << false << u"is not a file"_s;
    QTest::newRow("too long") << Make([this] { write(QByteArray(64 * 1024 + 1, ' ')); }) << false
                              << u"64 KiB"_s;
}

void TestPolicySource::refusesWhatOthersCouldHaveWritten()
{
    QFETCH(const std::function<void()>, make);
    QFETCH(const bool, isOthers);
    QFETCH(const QString, fault);
    make();
    const auto text = source(isOthers ? geteuid() + 1 : geteuid())->read();
    QVERIFY(!text.json);
    QVERIFY2(text.fault.contains(fault), qPrintable(text.fault));
}

void TestPolicySource::tellsOfEachChange()
{
    const auto watched = source();
    const QSignalSpy changed(watched.get(), &PolicySource::changed);
    const std::function<void()> changes[] = {
        [this] { write("{}"); },
        [this] { write("{ }"); },
        [this] { write("{ }", 0666); },
        [this] { QVERIFY(QFile::remove(path())); },
        [this] {
            const QString folder = m_folder->filePath(u"latchkey"_s);
            QVERIFY(QDir().rename(folder, folder + u".old"_s));
            QVERIFY(mkdir(QFile::encodeName(folder).constData(), 0755) == 0);
        },
        [this] { write("{}"); },
    };
    for (const auto &change : changes) {
        (void)watched->read();
        const qsizetype before = changed.size();
        change();
        QTRY_VERIFY(changed.size() > before);
    }
}

QTEST_GUILESS_MAIN(TestPolicySource)
#include "tst_policysource.moc"
