// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sentences.h"

#include "support/warnings.h"

#include <QMetaEnum>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! The kinds that an operator meets, and the three faces of a refusal.
QList<AuthError> allErrors()
{
    QList<AuthError> errors;
    const auto kinds = QMetaEnum::fromType<AuthError::Kind>();
    for (int index = 0; index < kinds.keyCount(); ++index) {
        const auto kind = static_cast<AuthError::Kind>(kinds.value(index));
        errors.append({kind, 401, std::chrono::seconds(30), u"HTTP status 401 {\"a\"}"_s});
    }
    errors.append({AuthError::Kind::Rejected, 200, {}, {}});
    errors.append({AuthError::Kind::Rejected, 403, {}, {}});
    return errors;
}

constexpr AccountProblem problems[] = {AccountProblem::ServerMissing, AccountProblem::ServerInvalid,
    AccountProblem::ServerInsecure, AccountProblem::UserMissing, AccountProblem::NameMissing,
    AccountProblem::NameInvalid, AccountProblem::KindUnknown, AccountProblem::NameTaken};

} // namespace

class TestSentences final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void errorsAreToldInWords_data();
    void errorsAreToldInWords();
    void problemsAreToldInWords_data();
    void problemsAreToldInWords();
    void eachHasASentenceOfItsOwn();
    void refusalsAreToldApart();
};

void TestSentences::errorsAreToldInWords_data()
{
    QTest::addColumn<QString>("sentence");
    for (const AuthError &error : allErrors())
        QTest::addRow("%s %d", qPrintable(error.name()), error.httpStatus) << sentenceFor(error);
}

void TestSentences::errorsAreToldInWords()
{
    QFETCH(const QString, sentence);
    QVERIFY(sentence.size() > 20);
    QVERIFY(sentence.front().isUpper());
    QVERIFY(sentence.endsWith(u'.'));
    // No codes, no JSON, no words of the protocol.
    static const QRegularExpression technical(
        u"[0-9{}\\[\\]<>_]|HTTP|JSON|OAuth|null|grant|token|[a-z][A-Z]"_s);
    QVERIFY2(!technical.match(sentence).hasMatch(), qPrintable(sentence));
}

void TestSentences::problemsAreToldInWords_data()
{
    QTest::addColumn<QString>("sentence");
    for (const AccountProblem problem : problems)
        QTest::addRow("%d", int(problem)) << sentenceFor(problem);
    QTest::newRow("unknown certificate") << sentenceForCertificate(false);
    QTest::newRow("changed certificate") << sentenceForCertificate(true);
    QTest::newRow("clocks") << sentenceForClocks();
}

void TestSentences::problemsAreToldInWords()
{
    QFETCH(const QString, sentence);
    QVERIFY(sentence.size() > 20);
    QVERIFY(sentence.front().isUpper());
    QVERIFY(sentence.endsWith(u'.'));
    QVERIFY(!sentence.contains(u'{'));
}

void TestSentences::eachHasASentenceOfItsOwn()
{
    QSet<QString> sentences;
    for (const AuthError &error : allErrors())
        sentences.insert(sentenceFor(error));
    for (const AccountProblem problem : problems)
        sentences.insert(sentenceFor(problem));
    QCOMPARE(sentences.size(), allErrors().size() + qsizetype(std::size(problems)));
}

void TestSentences::refusalsAreToldApart()
{
    using Kind = AuthError::Kind;
    QVERIFY(sentenceFor(AuthError{Kind::Rejected, 401, {}, {}}).contains("password"_L1));
    QVERIFY(sentenceFor(AuthError{Kind::Rejected, 400, {}, {}}).contains("password"_L1));
    QVERIFY(sentenceFor(AuthError{Kind::Rejected, 200, {}, {}}).contains("single sign-on"_L1));
    QVERIFY(sentenceFor(AuthError{Kind::Rejected, 403, {}, {}}).contains("licence"_L1));
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
