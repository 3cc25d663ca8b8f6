// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/connectionsection.h"

#include "widgets/fields/wrappedfield.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ApplianceReport report(TlsConnection::Trust trust = TlsConnection::Trust::Pinned)
{
    ApplianceReport report;
    report.isReachable = true;
    report.tls = TlsConnection{u"TLSv1.3"_s, aCertificate(), trust};
    report.clockOffset = 5min;
    return report;
}

} // namespace

class TestConnectionSection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void knowsOnlyWhatTheSessionKnows();
    void saysWhoIsTrustedWithoutAPin();
    void asksForACheckOnceUntilItIsAnswered();
    void tellsWhatWasFound();
    void tellsWhyTheApplianceCannotBeUsed_data();
    void tellsWhyTheApplianceCannotBeUsed();
    void aReportIsOfOneSessionOnly();

private:
    [[nodiscard]] QString value(const char *name) const
    {
        return find<WrappedField>(*m_section, name)->toPlainText();
    }
    [[nodiscard]] static SessionView viewOf(const QString &name)
    {
        SessionSnapshot snapshot;
        snapshot.account = anAccount();
        snapshot.account.name = name;
        snapshot.account.pin = anotherFingerprint();
        snapshot.clockOffset = 0s;
        return SessionView(snapshot);
    }

    std::unique_ptr<ConnectionSection> m_section;
};

void TestConnectionSection::init()
{
    failOnUiWarning();
    m_section = std::make_unique<ConnectionSection>();
    m_section->setView(viewOf(u"prod"_s));
}

void TestConnectionSection::knowsOnlyWhatTheSessionKnows()
{
    QVERIFY(!find<WrappedField>(*m_section, "TLS"));
    QVERIFY(!find<QLineEdit>(*m_section, "Issued by"));
    QCOMPARE(value("Pin"), u"Only this certificate"_s);
    QCOMPARE(find<QPlainTextEdit>(*m_section, "Fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    QCOMPARE(value("Clock"), u"In step"_s);
    QVERIFY(words<QLabel>(*m_section).contains(u"“Check now” tells"_s));
}

void TestConnectionSection::saysWhoIsTrustedWithoutAPin()
{
    SessionSnapshot snapshot;
    snapshot.account = anAccount();
    m_section->setView(SessionView(snapshot));
    QCOMPARE(value("Pin"), u"None: any certificate that this computer trusts"_s);
    for (const char *name : {"TLS", "Clock"})
        QVERIFY(!find<WrappedField>(*m_section, name));
    QVERIFY(!find<QPlainTextEdit>(*m_section, "Fingerprint"));
    QVERIFY(!find<QPushButton>(*m_section, "Paste to compare"));
    snapshot.account.server = QUrl(u"http://localhost:8080"_s);
    m_section->setView(SessionView(snapshot));
    QCOMPARE(value("Pin"), u"None"_s);
    snapshot.account = anAccount();
    snapshot.account.pin = anotherFingerprint();
    snapshot.isPinFixed = true;
    m_section->setView(SessionView(snapshot));
    QCOMPARE(value("Pin"), u"Set by your administrator"_s);
}

void TestConnectionSection::asksForACheckOnceUntilItIsAnswered()
{
    const QSignalSpy asked(m_section.get(), &ConnectionSection::checkRequested);
    click<QPushButton>(*m_section, "Check now");
    click<QPushButton>(*m_section, "Check now");
    QCOMPARE(asked.count(), 1);
    m_section->setReport(report());
    click<QPushButton>(*m_section, "Check now");
    QCOMPARE(asked.count(), 2);
}

void TestConnectionSection::tellsWhatWasFound()
{
    m_section->setReport(report());
    QCOMPARE(value("TLS"), u"TLSv1.3"_s);
    QCOMPARE(find<QLineEdit>(*m_section, "Issued to")->text(), aCertificate().subject);
    QCOMPARE(find<QLineEdit>(*m_section, "Issued by")->text(), aCertificate().issuer);
    QCOMPARE(find<QPlainTextEdit>(*m_section, "Fingerprint")->toPlainText(),
        aCertificate().fingerprint.toText());
    QCOMPARE(find<QPlainTextEdit>(*m_section, "Trusted fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    QVERIFY(!words<QLabel>(*m_section).contains(u"“Check now” tells"_s));
    QVERIFY(value("Clock").contains(u"ahead"_s));
    QVERIFY(words<QLabel>(*m_section).contains(u"The appliance answered at "_s));
    m_section->setView(viewOf(u"prod"_s));
    QCOMPARE(value("TLS"), u"TLSv1.3"_s);
}

void TestConnectionSection::tellsWhyTheApplianceCannotBeUsed_data()
{
    QTest::addColumn<bool>("isReachable");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("changed certificate") << true << sentenceForCertificate(true).translated;
    QTest::newRow("unreachable")
        << false << sentenceFor(AuthError{AuthError::Type::Offline, 0, {}, {}}).translated;
}

void TestConnectionSection::tellsWhyTheApplianceCannotBeUsed()
{
    QFETCH(const bool, isReachable);
    QFETCH(const QString, sentence);
    ApplianceReport found = report(TlsConnection::Trust::No);
    if (!isReachable) {
        found = {};
        found.problem = AuthError{AuthError::Type::Offline, 0, {}, {}};
    }
    m_section->setReport(found);
    QVERIFY(words<QLabel>(*m_section).contains(sentence));
    QVERIFY(!words<QLabel>(*m_section).contains(u"answered at"_s));
}

void TestConnectionSection::aReportIsOfOneSessionOnly()
{
    click<QPushButton>(*m_section, "Check now");
    m_section->setReport(report());
    m_section->setView(viewOf(u"lab"_s));
    QVERIFY(!find<WrappedField>(*m_section, "TLS"));
    QVERIFY(!words<QLabel>(*m_section).contains(u"answered"_s));
    QVERIFY(find<QPushButton>(*m_section, "Check now")->isEnabled());
}

QTEST_MAIN(TestConnectionSection)
#include "tst_connectionsection.moc"
