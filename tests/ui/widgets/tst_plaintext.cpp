// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/plaintext.h"

#include "support/warnings.h"

#include <QGuiApplication>
#include <QScopeGuard>
#include <QTest>
#include <QTextDocumentFragment>
#include <QTranslator>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestPlainText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void showsWhatWouldNotBeSeen_data();
    void showsWhatWouldNotBeSeen();
    void takesTheKeysOutOfWords();
    void cutsInTheMiddle();
    void listsAsTheLanguageDoes();
    void keepsNamesWholeUnlessTheyAreLong();
    void breaksLongWordsOnly();
    void toolTipTakesNothingForMarkUp();
    void marginsGoTheWayThatOneReads();
};

void TestPlainText::showsWhatWouldNotBeSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing to do") << u"/opt/Ünïcode tool/日本"_s << u"/opt/Ünïcode tool/日本"_s;
    QTest::newRow("beyond 16 bits") << u"/opt/🦊"_s << u"/opt/🦊"_s;
    QTest::newRow("line") << u"a\nb"_s << u"a\\u000ab"_s;
    QTest::newRow("escape") << u"a\x1b[1m"_s << u"a\\u001b[1m"_s;
    QTest::newRow("right to left") << u"a\u202eb"_s << u"a\\u202eb"_s;
    QTest::newRow("isolate") << u"a\u2066b"_s << u"a\\u2066b"_s;
    QTest::newRow("no width") << u"a\u200bb"_s << u"a\\u200bb"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << u"a\\u2028b"_s;
    QTest::newRow("hard space") << u"a\u00a0b"_s << u"a\\u00a0b"_s;
    QTest::newRow("filler") << u"a\u3164b"_s << u"a\\u3164b"_s;
    QTest::newRow("tag") << QString::fromUcs4(U"a\U000e0041") << u"a\\ue0041"_s;
}

void TestPlainText::showsWhatWouldNotBeSeen()
{
    QFETCH(const QString, text);
    QTEST(escaped(text), "shown");
}

void TestPlainText::takesTheKeysOutOfWords()
{
    QCOMPARE(withoutMnemonic(u"Sign &out"_s), u"Sign out"_s);
    QCOMPARE(withoutMnemonic(u"Copy && paste"_s), u"Copy & paste"_s);
    QCOMPARE(withoutMnemonic(u"名前を変更(&N)…"_s), u"名前を変更…"_s);
    QCOMPARE(withoutMnemonic(u"OK"_s), u"OK"_s);
}

void TestPlainText::cutsInTheMiddle()
{
    QCOMPARE(shortened(u"bash"_s, 9), u"bash"_s);
    QCOMPARE(shortened(u"0123456789"_s, 10), u"0123456789"_s);
    QCOMPARE(shortened(u"0123456789a"_s, 10), u"012345…89a"_s);
}

void TestPlainText::listsAsTheLanguageDoes()
{
    class Japanese final : public QTranslator {
        QString translate(const char *, const char *text, const char *, int) const override
        {
            return text == ", "_ba ? u"、"_s : QString();
        }
        bool isEmpty() const override { return false; }
    };
    const QStringList two{u"bash"_s, u"konsole"_s};
    QCOMPARE(listed(two), u"bash, konsole"_s);
    Japanese japanese;
    QCoreApplication::installTranslator(&japanese);
    const auto back = qScopeGuard([&] { QCoreApplication::removeTranslator(&japanese); });
    QCOMPARE(listed(two), u"bash、konsole"_s);
}

void TestPlainText::keepsNamesWholeUnlessTheyAreLong()
{
    QCOMPARE(withWholeNames(u"at prod-eu"_s), u"at prod-\u2060eu"_s);
    QCOMPARE(withoutBreaks(withWholeNames(u"at prod-eu"_s)), u"at prod-eu"_s);
    const QString path = u"/tmp"_s + u"/a-b"_s.repeated(10);
    QCOMPARE(withWholeNames(path), path);
}

void TestPlainText::breaksLongWordsOnly()
{
    const QString sentence = u"bash wants a token of production"_s;
    QCOMPARE(wrappable(sentence), sentence);
    const QString broken = wrappable(QString(64, u'W'));
    QCOMPARE(withoutBreaks(broken), QString(64, u'W'));
    QCOMPARE(broken.count(QChar(0x200b)), 3);
    const QString name = withWholeNames(u"a token of prod-eu"_s);
    QVERIFY(name.contains(u"prod-\u2060eu"_s));
    QCOMPARE(withoutBreaks(name), u"a token of prod-eu"_s);
}

void TestPlainText::toolTipTakesNothingForMarkUp()
{
    const QString text = u"<img src=x>\nsecond"_s;
    QString shown = QTextDocumentFragment::fromHtml(plainToolTip(text)).toPlainText();
    QCOMPARE(withoutBreaks(shown), text);
    QVERIFY(plainToolTip({}).isEmpty());
}

void TestPlainText::marginsGoTheWayThatOneReads()
{
    QCOMPARE(readingMargins(1, 2, 3, 4), QMargins(1, 2, 3, 4));
    const auto back = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(readingMargins(1, 2, 3, 4), QMargins(3, 2, 1, 4));
}

QTEST_MAIN(TestPlainText)
#include "tst_plaintext.moc"
