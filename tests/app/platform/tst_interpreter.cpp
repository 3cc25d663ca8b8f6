// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/interpreter.h"

#include "support/warnings.h"

#include <QProcess>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestInterpreter final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void knowsInterpretersByTheirNames();
    void findsTheScript_data();
    void findsTheScript();
    void asksTheProcess();
};

void TestInterpreter::knowsInterpretersByTheirNames()
{
    for (const QString &file : {u"/usr/bin/dash"_s, u"/usr/bin/python3.11"_s, u"/opt/pwsh"_s,
             u"/usr/bin/lua5.4"_s, u"/usr/bin/perl"_s, u"/usr/bin/busybox"_s, u"/usr/bin/gawk"_s,
             u"/usr/bin/mawk"_s, u"/usr/lib/jvm/java-21/bin/java"_s, u"/usr/bin/deno"_s,
             u"/usr/bin/expect"_s, u"/usr/bin/guile-3.0"_s, u"/usr/bin/make"_s,
             u"/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"_s})
        QVERIFY2(isInterpreter(file), qPrintable(file));
    for (const QString &file : {u"/usr/bin/curl"_s, u"/usr/bin/pythonic"_s, u""_s, u"/usr/bin/7"_s})
        QVERIFY2(!isInterpreter(file), qPrintable(file));
    QVERIFY(isShell(u"/usr/bin/bash"_s));
    QVERIFY(!isShell(u"/usr/bin/python3"_s));
    QVERIFY(!isShell(u"/usr/bin/curl"_s));
}

void TestInterpreter::findsTheScript_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("script");
    const auto row = [](const char *name, const QString &file, const QString &arguments,
                         const QString &script) {
        QTest::newRow(name) << u"/usr/bin/"_s + file << arguments.split(u' ') << script;
    };
    row("script", u"dash"_s, u"sh /home/a/backup.sh now"_s, u"/home/a/backup.sh"_s);
    row("relative", u"bash"_s, u"bash ./jobs/../backup.sh"_s, u"/home/a/backup.sh"_s);
    row("options", u"bash"_s, u"bash -e -o pipefail --norc /b.sh"_s, u"/b.sh"_s);
    row("options in one", u"bash"_s, u"bash -euo pipefail /b.sh"_s, u"/b.sh"_s);
    row("commands after them", u"bash"_s, u"bash -oec pipefail /b.sh"_s, {});
    row("dashes", u"bash"_s, u"bash -- -odd.sh"_s, u"/home/a/-odd.sh"_s);
    row("typed", u"bash"_s, u"-bash"_s, {});
    row("command", u"dash"_s, u"sh -ec /b.sh"_s, {});
    row("standard input", u"bash"_s, u"bash -s /b.sh"_s, {});
    row("python", u"python3.11"_s, u"python3 -u -W ignore /n.py"_s, u"/n.py"_s);
    row("python, in one", u"python3"_s, u"python3 -Wdefault -Xfrozen_modules /n.py"_s, u"/n.py"_s);
    row("module", u"python3.11"_s, u"python3 -m http.server"_s, {});
    row("perl", u"perl"_s, u"perl -w -I lib /b.pl"_s, u"/b.pl"_s);
    row("perl, in one", u"perl"_s, u"perl -Ilibe -w /b.pl"_s, u"/b.pl"_s);
    row("perl command", u"perl"_s, u"perl -ne print"_s, {});
    row("node", u"node"_s, u"node --inspect /b.js"_s, u"/b.js"_s);
    row("powershell", u"pwsh"_s, u"pwsh -NoProfile -File /b.ps1"_s, u"/b.ps1"_s);
    row("java archive", u"java"_s, u"java -Xmx1g -cp /lib -jar /b.jar"_s, u"/b.jar"_s);
    row("awk", u"mawk"_s, u"awk -v a=1 -f /b.awk data"_s, u"/b.awk"_s);
    row("awk command", u"gawk"_s, u"gawk {print} /data"_s, {});
    row("expect", u"expect"_s, u"expect -d /b.exp"_s, u"/b.exp"_s);
    row("busybox", u"busybox"_s, u"busybox sh /b.sh"_s, {});
    row("no interpreter", u"cat"_s, u"cat /b.sh"_s, {});
}

void TestInterpreter::findsTheScript()
{
    QFETCH(const QString, file);
    QFETCH(const QStringList, arguments);
    QTEST(scriptIn(file, arguments, u"/home/a"_s), "script");
}

void TestInterpreter::asksTheProcess()
{
    QTemporaryDir folder;
    QFile script(folder.filePath(u"backup.sh"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("read line\n");
    script.close();
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    shell.start(u"/bin/sh"_s, {u"backup.sh"_s});
    QVERIFY(shell.waitForStarted());
    const QString folderPath = QFileInfo(folder.path()).canonicalFilePath();
    QTRY_COMPARE(scriptOf(shell.processId(), u"/bin/sh"_s), folderPath + u"/backup.sh"_s);
    QCOMPARE(scriptOf(shell.processId(), u"/usr/bin/curl"_s), QString());
    shell.closeWriteChannel();
    QVERIFY(shell.waitForFinished());
    QCOMPARE(scriptOf(shell.processId(), u"/bin/sh"_s), QString());
}

QTEST_GUILESS_MAIN(TestInterpreter)
#include "tst_interpreter.moc"
