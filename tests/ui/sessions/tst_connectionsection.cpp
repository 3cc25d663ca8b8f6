// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/connectionsection.h"

#include "widgets/fields/wrappedfield.h"

#include "ui/uifixture.h"

#include <QLabel>
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
    QCOMPARE(value("TLS"), u"Not known"_s);
    QCOMPARE(value("Certificate"), u"Not known"_s);
    QCOMPARE(value("Pin"), anotherFingerprint().toText());
    QCOMPARE(value("Clock"), u"In step"_s);
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
    QVERIFY(value("Certificate").contains(aCertificate().subject));
    QVERIFY(value("Certificate").contains(aCertificate().issuer));
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
    QCOMPARE(value("TLS"), u"Not known"_s);
    QVERIFY(!words<QLabel>(*m_section).contains(u"answered"_s));
    QVERIFY(find<QPushButton>(*m_section, "Check now")->isEnabled());
}

QTEST_MAIN(TestConnectionSection)
#include "tst_connectionsection.moc"
