// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/combiningmarks.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestCombiningMarks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesTextWhole_data();
    void leavesTextWhole();
    void cutsLongRunsOfMarks_data();
    void cutsLongRunsOfMarks();
};

void TestCombiningMarks::leavesTextWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("plain") << QString(100'000, u'a');
    QTest::newRow("a mark on each letter") << u"e\u0301"_s.repeated(1000);
    QTest::newRow("as many as there may be") << u'a' + QString(mostMarks, QChar(0x301));
    QTest::newRow("half a pair") << u'a' + QString(1, QChar(0xd800));
}

void TestCombiningMarks::leavesTextWhole()
{
    QFETCH(const QString, text);
    QCOMPARE(streamSafePieces(text), QStringList{text});
}

void TestCombiningMarks::cutsLongRunsOfMarks_data()
{
    QTest::addColumn<QString>("mark");
    QTest::newRow("above") << u"\u0301"_s;
    QTest::newRow("below") << u"\u0323"_s;
    QTest::newRow("one that decomposes") << u"\u0f73"_s;
    QTest::newRow("one that becomes a mark") << u"\uff9e"_s;
    QTest::newRow("of another plane") << u"\U0001d165"_s;
}

void TestCombiningMarks::cutsLongRunsOfMarks()
{
    QFETCH(const QString, mark);
    const QString text = u'a' + mark.repeated(10'000) + u'b';
    const QStringList pieces = streamSafePieces(text);
    QCOMPARE(pieces.join(QString()), text);
    QVERIFY(pieces.size() >= 10'000 / mostMarks);
    for (const QString &piece : pieces)
        QVERIFY(piece.size() <= 1 + mostMarks * mark.size() + 1);
}

QTEST_GUILESS_MAIN(TestCombiningMarks)
#include "tst_combiningmarks.moc"
