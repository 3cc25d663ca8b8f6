// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/hostpattern.h"

#include <QTest>
#include <QUrl>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestHostPattern : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void refusesWhatIsNoPattern_data();
    void refusesWhatIsNoPattern();
};

void TestHostPattern::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("isMeant");
    const auto row = [](const QString &pattern, const QString &server, bool isMeant) {
        QTest::addRow("%s, %s", qPrintable(pattern), qPrintable(server))
            << pattern << server << isMeant;
    };
    row(u"backup.example.com"_s, u"https://backup.example.com"_s, true);
    row(u"Backup.Example.com"_s, u"https://backup.EXAMPLE.com:9419/api"_s, true);
    row(u"backup.example.com"_s, u"https://backup.example.com."_s, true);
    row(u"backup.example.com"_s, u"https://backup.example.com.evil.example"_s, false);
    row(u"backup.example.com"_s, u"https://my-backup.example.com"_s, false);
    row(u"*.example.com"_s, u"https://backup.example.com"_s, true);
    row(u"*.example.com"_s, u"https://a.b.example.com"_s, true);
    row(u"*.example.com"_s, u"https://example.com"_s, false);
    row(u"*.example.com"_s, u"https://evilexample.com"_s, false);
    row(u"*.bücher.example"_s, u"https://backup.xn--bcher-kva.example"_s, true);
    row(u"192.0.2.7"_s, u"https://192.0.2.7:11005"_s, true);
    row(u"192.0.2.7"_s, u"https://192.0.2.70"_s, false);
    row(u"192.0.2.0/24"_s, u"https://192.0.2.255"_s, true);
    row(u"192.0.2.0/24"_s, u"https://192.0.3.1"_s, false);
    row(u"192.0.2.0/24"_s, u"https://backup.example.com"_s, false);
    row(u"0.0.0.0/0"_s, u"https://198.51.100.1"_s, true);
    row(u"0.0.0.0/0"_s, u"https://[2001:db8::1]"_s, false);
    row(u"2001:db8::/32"_s, u"https://[2001:db8:1::7]"_s, true);
    row(u"2001:db8::/32"_s, u"https://[2001:db9::7]"_s, false);
    row(u"localhost"_s, u"https://127.0.0.1"_s, false);
}

void TestHostPattern::matches()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, server);
    QFETCH(const bool, isMeant);
    const auto made = HostPattern::fromText(pattern);
    QVERIFY(made);
    QCOMPARE(made->text(), pattern);
    QCOMPARE(made->matches(QUrl(server).host()), isMeant);
}

void TestHostPattern::refusesWhatIsNoPattern_data()
{
    QTest::addColumn<QString>("text");
    for (const auto text : {"", "*", "*.", "*.*", "back*.example.com", "a.*.example.com",
             "https://backup.example.com", "backup.example.com/api", "backup.example.com:443",
             "192.0.2.0/33", "example.com/24", "a b"})
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
}

void TestHostPattern::refusesWhatIsNoPattern()
{
    QFETCH(const QString, text);
    QVERIFY(!HostPattern::fromText(text));
}

QTEST_GUILESS_MAIN(TestHostPattern)
#include "tst_hostpattern.moc"
