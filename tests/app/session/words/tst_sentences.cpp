// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/words/sentences.h"

#include "support/foreigntongue.h"
#include "support/warnings.h"

#include <QMetaEnum>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! The errors that an operator meets, and the three kinds of refusal.
QList<AuthError> allErrors()
{
    QList<AuthError> errors;
    const auto types = QMetaEnum::fromType<AuthError::Type>();
    for (int index = 0; index < types.keyCount(); ++index) {
        const auto type = static_cast<AuthError::Type>(types.value(index));
        errors.append({type, 401, std::chrono::seconds(30), u"HTTP status 401 {\"a\"}"_s});
    }
    errors.append({AuthError::Type::Rejected, 200, {}, {}});
    errors.append({AuthError::Type::Rejected, 403, {}, {}});
    return errors;
}

constexpr AccountProblem problems[] = {AccountProblem::ServerMissing, AccountProblem::ServerInvalid,
    AccountProblem::ServerInsecure, AccountProblem::ServerTooLong, AccountProblem::UserMissing,
    AccountProblem::UserTooLong, AccountProblem::NameMissing, AccountProblem::NameInvalid,
    AccountProblem::KindUnknown, AccountProblem::ClientTooLong, AccountProblem::NameTaken,
    AccountProblem::Disputed, AccountProblem::TooMany};

} // namespace

class TestSentences final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void errorsAreToldInWords_data();
    void errorsAreToldInWords();
    void problemsAreToldInWords_data();
    void problemsAreToldInWords();
    void whatIsWrongWithANameIsTold_data();
    void whatIsWrongWithANameIsTold();
    void eachHasASentenceOfItsOwn();
    void refusalsAreToldApart();
    void proxiesAreNamed_data();
    void proxiesAreNamed();
    void whereAnotherUserListensIsTold();
    void eachIsThereInBothLanguages();
};

void TestSentences::errorsAreToldInWords_data()
{
    QTest::addColumn<QString>("sentence");
    for (const AuthError &error : allErrors())
        QTest::addRow("%s %d", qPrintable(error.name()), error.httpStatus)
            << sentenceFor(error).english;
}

void TestSentences::errorsAreToldInWords()
{
    QFETCH(const QString, sentence);
    QVERIFY(sentence.size() > 20);
    QVERIFY(sentence.front().isUpper());
    QVERIFY(sentence.endsWith(u'.'));
    // No status codes, JSON or protocol words. Settings that the person must change are named.
    static const QRegularExpression technical(
        u"[0-9{}\\[\\]<>_]|HTTP|JSON|OAuth|null|grant|token|[a-z][A-Z]"_s);
    QString words = sentence;
    for (const QString &name :
        {u"https_proxy"_s, u"no_proxy"_s, u"socks5://"_s, u"(HTTP status 401)"_s})
        words.remove(name);
    QVERIFY2(!technical.match(words).hasMatch(), qPrintable(sentence));
}

void TestSentences::problemsAreToldInWords_data()
{
    QTest::addColumn<QString>("sentence");
    for (const AccountProblem problem : problems)
        QTest::addRow("%d", int(problem)) << sentenceFor(problem).english;
    QTest::newRow("unknown certificate") << sentenceForCertificate(false).english;
    QTest::newRow("changed certificate") << sentenceForCertificate(true).english;
    QTest::newRow("clocks") << sentenceForClocks().english;
    QTest::newRow("damaged list") << sentenceForDamagedList(u"/a/copy"_s).english;
}

void TestSentences::problemsAreToldInWords()
{
    QFETCH(const QString, sentence);
    QVERIFY(sentence.size() > 20);
    QVERIFY(sentence.front().isUpper());
    QVERIFY(sentence.endsWith(u'.'));
    QVERIFY(!sentence.contains(u'{'));
}

void TestSentences::whatIsWrongWithANameIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("too long") << QString(65, u'a') << u"up to 64 "_s;
    QTest::newRow("blank") << u"a b"_s << u"without spaces"_s;
    QTest::newRow("slash") << u"a/b"_s << u", / and "_s;
    QTest::newRow("backslash") << u"a\\b"_s << u" and \\, "_s;
    QTest::newRow("dash") << u"-a"_s << u"without a - at its beginning"_s;
}

void TestSentences::whatIsWrongWithANameIsTold()
{
    QFETCH(const QString, name);
    QFETCH(const QString, words);
    const auto read = Account::nameFrom(name);
    QVERIFY(!read);
    QVERIFY(sentenceFor(read.error()).english.contains(words));
}

void TestSentences::eachHasASentenceOfItsOwn()
{
    QSet<QString> sentences;
    for (const AuthError &error : allErrors())
        sentences.insert(sentenceFor(error).english);
    for (const AccountProblem problem : problems)
        sentences.insert(sentenceFor(problem).english);
    QCOMPARE(sentences.size(), allErrors().size() + qsizetype(std::size(problems)));
}

void TestSentences::refusalsAreToldApart()
{
    using Type = AuthError::Type;
    QVERIFY(sentenceFor(AuthError{Type::Rejected, 401, {}, {}}).english.contains("password"_L1));
    QVERIFY(sentenceFor(AuthError{Type::Rejected, 400, {}, {}}).english.contains("password"_L1));
    QVERIFY(
        sentenceFor(AuthError{Type::Rejected, 200, {}, {}}).english.contains("single sign-on"_L1));
    QVERIFY(sentenceFor(AuthError{Type::Rejected, 403, {}, {}}).english.contains("licence"_L1));
}

void TestSentences::proxiesAreNamed_data()
{
    QTest::addColumn<AuthError::Type>("type");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("advice");
    using Type = AuthError::Type;
    QTest::newRow("dead") << Type::ProxyUnreachable << 0 << u"https_proxy"_s;
    QTest::newRow("other type") << Type::ProxyUnusable << 0 << u"http:// or socks5://"_s;
    QTest::newRow("hang-up") << Type::ProxyRefused << 0 << u"Ask"_s;
    QTest::newRow("407") << Type::ProxyRefused << 407 << u"USER:PASSWORD@"_s;
    QTest::newRow("403") << Type::ProxyRefused << 403 << u"no_proxy"_s;
    QTest::newRow("502") << Type::ProxyRefused << 502 << u"appliance's address"_s;
    QTest::newRow("503") << Type::ProxyRefused << 503 << u"appliance's address"_s;
    QTest::newRow("504") << Type::ProxyRefused << 504 << u"appliance's address"_s;
}

void TestSentences::proxiesAreNamed()
{
    QFETCH(const AuthError::Type, type);
    QFETCH(const int, status);
    QFETCH(const QString, advice);
    AuthError error{type, status, {}, {}};
    error.trace.proxy = u"proxy.test:3128"_s;
    const QString sentence = sentenceFor(error).english;
    QVERIFY2(sentence.startsWith(u"The proxy proxy.test:3128 "_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(advice), qPrintable(sentence));
    QCOMPARE(sentence.contains(u"HTTP status %1"_s.arg(status)), status != 0);
}

void TestSentences::whereAnotherUserListensIsTold()
{
    AuthError error{AuthError::Type::OtherUser, 0, {}, {}};
    error.trace.othersPlace = u"[::1]:8080"_s;
    const QString sentence = sentenceFor(error).english;
    QVERIFY2(sentence.contains("listens at [::1]:8080. Nothing was sent"_L1), qPrintable(sentence));
}

void TestSentences::eachIsThereInBothLanguages()
{
    const auto all = [] {
        QList<Sentence> sentences{sentenceForSlowDisk(), sentenceForUnheardSignOut(),
            sentenceForUnforgotten(), sentenceForCertificate(false), sentenceForCertificate(true),
            sentenceForDamagedList(u"/a/copy"_s), sentenceForClocks()};
        for (const AuthError &error : allErrors())
            sentences.append(sentenceFor(error));
        for (const AccountProblem problem : problems)
            sentences.append(sentenceFor(problem));
        return sentences;
    };
    const QList<Sentence> untranslated = all();
    const ForeignTongue language;
    const QList<Sentence> sentences = all();
    for (qsizetype i = 0; i < sentences.size(); ++i) {
        QCOMPARE(untranslated[i].translated, untranslated[i].english);
        QCOMPARE(sentences[i].english, untranslated[i].english);
        QVERIFY2(sentences[i].translated.startsWith(u'~'), qPrintable(sentences[i].translated));
    }
    // What is put into a sentence, or after it, is in its language.
    const Sentence onTheWay = sentenceFor(AuthError{AuthError::Type::ProxyRefused, 0, {}, {}});
    QCOMPARE(onTheWay.english,
        u"The proxy on the way hung up without an answer. Ask whoever runs it."_s);
    QCOMPARE(onTheWay.translated,
        u"~The proxy ~on the way hung up without an answer. Ask whoever runs it."_s);
    const Sentence unkept = sentenceForUnkept(StoreError::DiskFull);
    QCOMPARE(unkept.english,
        u"The disk is full. Make room on it. Until then, this session ends with Latchkey."_s);
    QCOMPARE(unkept.translated,
        u"~The disk is full. Make room on it. ~Until then, this session ends with Latchkey."_s);
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
