// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/certificateblock.h"

#include "ui/uifixture.h"
#include "widgets/fields/valuegroup.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestCertificateBlock final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void showsOnlyWhatIsKnown();
    void saysWhoDecidedForTheOneBefore();
    void copiesTheFingerprint();
    void comparesWithWhatIsPasted_data();
    void comparesWithWhatIsPasted();
    void aCopyOfItsOwnProvesNothing();
    void norDoesOneOfTheSelection();
    void forgetsAComparisonWithAnotherCertificate();

private:
    std::unique_ptr<ValueGroup> m_values;
    std::unique_ptr<CertificateBlock> m_block;
};

void TestCertificateBlock::init()
{
    failOnUiWarning();
    m_block.reset();
    m_values = std::make_unique<ValueGroup>();
    m_block = std::make_unique<CertificateBlock>(*m_values);
}

void TestCertificateBlock::showsOnlyWhatIsKnown()
{
    m_block->setCertificate(aCertificate());
    QCOMPARE(find<QLineEdit>(*m_block, "Issued to")->text(), aCertificate().subject);
    QCOMPARE(find<QLineEdit>(*m_block, "Issued by")->text(), aCertificate().issuer);
    QVERIFY(find<QLineEdit>(*m_block, "Valid"));
    QVERIFY(!find<QPlainTextEdit>(*m_block, "Trusted fingerprint"));
    Certificate bare;
    bare.fingerprint = anotherFingerprint();
    m_block->setCertificate(bare);
    for (const char *name : {"Issued to", "Issued by", "Valid"})
        QVERIFY(!find<QLineEdit>(*m_block, name));
    QVERIFY(!words<QLabel>(*m_block).contains(u"Issued"_s));
    QCOMPARE(find<QPlainTextEdit>(*m_block, "Fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    m_block->setCertificate({});
    QVERIFY(m_block->isHidden());
}

void TestCertificateBlock::saysWhoDecidedForTheOneBefore()
{
    m_block->setCertificate(aCertificate(), anotherFingerprint());
    QCOMPARE(find<QPlainTextEdit>(*m_block, "Trusted fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    QVERIFY(words<QLabel>(*m_block).contains(u"You trusted (SHA-256)"_s));
    m_block->setCertificate(aCertificate(), anotherFingerprint(), true);
    QVERIFY(words<QLabel>(*m_block).contains(u"Your administrator decided for (SHA-256)"_s));
}

void TestCertificateBlock::copiesTheFingerprint()
{
    m_block->setCertificate(aCertificate());
    find<QPushButton>(*m_block, "Copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), aCertificate().fingerprint.toText());
}

void TestCertificateBlock::comparesWithWhatIsPasted_data()
{
    const QString same = aCertificate().fingerprint.toText();
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("answer");
    QTest::newRow("same") << same << u"It is the same."_s;
    QTest::newRow("small letters") << same.toLower().remove(u':') << u"It is the same."_s;
    QTest::newRow("line of openssl")
        << u"sha256 Fingerprint="_s + same + u'\n' << u"It is the same."_s;
    QTest::newRow("another") << anotherFingerprint().toText() << u"do not trust"_s;
    QTest::newRow("SHA-1") << same.left(59) << u"no SHA-256 fingerprint"_s;
    QTest::newRow("nothing") << QString() << u"no SHA-256 fingerprint"_s;
}

void TestCertificateBlock::comparesWithWhatIsPasted()
{
    QFETCH(const QString, text);
    QFETCH(const QString, answer);
    m_block->setCertificate(aCertificate());
    QGuiApplication::clipboard()->setText(text);
    find<QPushButton>(*m_block, "Paste to compare")->click();
    QVERIFY2(words<QLabel>(*m_block).contains(answer), qPrintable(words<QLabel>(*m_block)));
}

void TestCertificateBlock::aCopyOfItsOwnProvesNothing()
{
    m_block->setCertificate(aCertificate());
    find<QPushButton>(*m_block, "Copy")->click();
    find<QPushButton>(*m_block, "Paste to compare")->click();
    QVERIFY(words<QLabel>(*m_block).contains(u"You copied this one here"_s));
}

void TestCertificateBlock::norDoesOneOfTheSelection()
{
    m_block->setCertificate(aCertificate());
    auto *fingerprint = find<QPlainTextEdit>(*m_block, "Fingerprint");
    fingerprint->selectAll();
    fingerprint->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), aCertificate().fingerprint.toText());
    find<QPushButton>(*m_block, "Paste to compare")->click();
    QVERIFY(words<QLabel>(*m_block).contains(u"You copied this one here"_s));
}

void TestCertificateBlock::forgetsAComparisonWithAnotherCertificate()
{
    m_block->setCertificate(aCertificate());
    QGuiApplication::clipboard()->setText(aCertificate().fingerprint.toText());
    find<QPushButton>(*m_block, "Paste to compare")->click();
    m_block->setCertificate(aCertificate());
    QVERIFY(words<QLabel>(*m_block).contains(u"It is the same."_s));
    Certificate other;
    other.fingerprint = anotherFingerprint();
    m_block->setCertificate(other);
    QVERIFY(!words<QLabel>(*m_block).contains(u"It is the same."_s));
}

QTEST_MAIN(TestCertificateBlock)
#include "tst_certificateblock.moc"
