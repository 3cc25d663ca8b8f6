// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/copytext.h"

#include "support/warnings.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestCopyText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void showsTheCommands();
    void verifiesAnAppliancesOwnKey();
    void putsTheTokenIntoItsForms();
    void quotesForAShell_data();
    void quotesForAShell();
    void quotesForPowerShell();

private:
    [[nodiscard]] static Account account(const QString &name)
    {
        Account account;
        account.name = name;
        account.server = QUrl(u"https://backup.example.com:9419"_s);
        return account;
    }
    //! Shorter than a real one.
    [[nodiscard]] static QByteArray aKey()
    {
        return QByteArray::fromHex("010203fbffcf").chopped(1);
    }
};

namespace {

//! Programs by the names of ours that print what they were called with, one argument a line.
class Callees {
public:
    Callees()
    {
        for (const QString &name : {u"latchkeyctl"_s, u"curl"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("#!/bin/sh\n[ -p /dev/stdin ] && cat\nprintf '%s\\n' \"$0\" \"$@\"\n");
            file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        }
    }

    [[nodiscard]] QStringList runBy(const QString &shell, const QString &command) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setWorkingDirectory(folder.path());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(shell, {u"-c"_s, command});
        const auto isOver = [&] {
            return process.state() == QProcess::NotRunning;
        };
        if (!QTest::qWaitFor(isOver, 20'000))
            return {};
        QString told = QString::fromUtf8(process.readAll());
        return told.remove(folder.path() + u'/').split(u'\n', Qt::SkipEmptyParts);
    }

    QTemporaryDir folder;

private:
    [[nodiscard]] QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
        return environment;
    }
};

} // namespace

void TestCopyText::showsTheCommands()
{
    const Account prod = account(u"prod"_s);
    QCOMPARE(commandFor(Action::CopyCommand, prod), u"latchkeyctl header prod"_s);
    QCOMPARE(commandFor(Action::CopyCurl, prod),
        u"latchkeyctl header prod | curl -H @- https://backup.example.com:9419/"_s);
    QCOMPARE(commandFor(Action::CopyPowerShell, prod),
        u"Invoke-RestMethod -Uri 'https://backup.example.com:9419/' -Authentication Bearer -Token "
        "(latchkeyctl token 'prod' | ConvertTo-SecureString -AsPlainText -Force)"_s);
    for (const Action way : {Action::CopyToken, Action::CopyHeader, Action::CopyHttpFile})
        QVERIFY(commandFor(way, prod).isEmpty());
}

void TestCopyText::verifiesAnAppliancesOwnKey()
{
    QCOMPARE(commandFor(Action::CopyCurl, account(u"prod&co"_s), aKey()),
        u"latchkeyctl header 'prod&co' | curl -H @- --insecure --pinnedpubkey "
        "'sha256//AQID+/8=' https://backup.example.com:9419/"_s);
    Account pinned = account(u"prod"_s);
    pinned.pin = *Fingerprint::fromText(QString(64, u'a'));
    QVERIFY(commandFor(Action::CopyCurl, pinned, aKey()).contains(u"--pinnedpubkey"_s));
    QVERIFY(commandFor(Action::CopyCurl, pinned).isEmpty());
}

void TestCopyText::putsTheTokenIntoItsForms()
{
    const Account prod = account(u"prod"_s);
    const auto text = [&](Action way) {
        return secretFor(way, prod, Secret::fromString(u"access-1")).toString();
    };
    QCOMPARE(text(Action::CopyToken), u"access-1"_s);
    QCOMPARE(text(Action::CopyHeader), u"Authorization: Bearer access-1"_s);
    QCOMPARE(text(Action::CopyHttpFile),
        u"GET https://backup.example.com:9419/\nAuthorization: Bearer access-1\n"_s);
}

void TestCopyText::quotesForAShell_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"prod", "o'brien", "''", "\"two\"", "$HOME", "$(touch${IFS}caught)",
             "`touch${IFS}caught`", "a&b", "a;b|c", "*", "~", "#1", "!1", "=ls", "(x)", "<in>out",
             "naïve-日本", "a'\"'b", "{a,b}", "[ab]", "%1", "^x", "a=b"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestCopyText::quotesForAShell()
{
    QFETCH(const QString, name);
    const Callees callees;
    Account odd = account(name);
    odd.server = QUrl(u"https://[::1]:9419"_s);
    const QStringList header{u"latchkeyctl"_s, u"header"_s, name};
    const QStringList curl{u"curl"_s, u"-H"_s, u"@-"_s, u"--insecure"_s, u"--pinnedpubkey"_s,
        u"sha256//AQID+/8="_s, u"https://[::1]:9419/"_s};
    for (const QString &shell : {u"sh"_s, u"bash"_s, u"zsh"_s, u"fish"_s}) {
        QCOMPARE(callees.runBy(shell, commandFor(Action::CopyCommand, odd)), header);
        QCOMPARE(callees.runBy(shell, commandFor(Action::CopyCurl, odd, aKey())), header + curl);
    }
    QVERIFY(!QFile::exists(callees.folder.filePath(u"caught"_s)));
}

void TestCopyText::quotesForPowerShell()
{
    const QString command = commandFor(Action::CopyPowerShell, account(u"o'br‘i’e‚n‛$x"_s));
    QVERIFY(command.contains(u"latchkeyctl token 'o''br‘‘i’’e‚‚n‛‛$x' |"_s));
}

QTEST_GUILESS_MAIN(TestCopyText)
#include "tst_copytext.moc"
