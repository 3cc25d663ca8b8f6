// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/handoutview.h"

#include "support/handouts.h"
#include "support/warnings.h"

#include <QMetaEnum>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const WallTime now{std::chrono::seconds(1767323045)};

} // namespace

class TestHandOutView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void tellsWhoGotWhat();
    void tellsTheDayOfWhatIsOlder();
    void aCopyIsAPersons();
    void eachAnswerHasWordsOfItsOwn();
    void countsWhatWasRepeated();
};

void TestHandOutView::tellsWhoGotWhat()
{
    const auto view = HandOutView::of({now, u"prod"_s, aProgram(), HandOut::Given, 1, true}, now);
    QCOMPARE(view.session, u"prod"_s);
    QCOMPARE(view.program, u"curl"_s);
    QCOMPARE(view.terminal, u"/dev/pts/3"_s);
    QCOMPARE(view.answer, u"Given"_s);
    QVERIFY(view.details.contains(u"/usr/bin/curl"_s));
    QVERIFY(view.details.contains(u"bash, sshd"_s));
}

void TestHandOutView::tellsTheDayOfWhatIsOlder()
{
    const HandOut handOut{now - 48h, u"prod"_s, aProgram(), HandOut::Given};
    QCOMPARE(HandOutView::of(handOut, now - 48h).when.size(), 8); // 12:34:56
    QVERIFY(HandOutView::of(handOut, now).when.size() > 8);
}

void TestHandOutView::aCopyIsAPersons()
{
    const auto view = HandOutView::of({now, u"prod"_s, {}, HandOut::Copied}, now);
    QCOMPARE(view.program, u"Clipboard"_s);
    QCOMPARE(view.answer, u"Copied by you"_s);
    QVERIFY(view.details.isEmpty());
}

void TestHandOutView::eachAnswerHasWordsOfItsOwn()
{
    const QMetaEnum answers = QMetaEnum::fromType<HandOut::Answer>();
    QSet<QString> words;
    for (int at = 0; at < answers.keyCount(); ++at) {
        const auto answer = static_cast<HandOut::Answer>(answers.value(at));
        const QString text = HandOutView::of({now, u"prod"_s, aProgram(), answer}, now).answer;
        const bool isToken = answer <= HandOut::Copied;
        QVERIFY2(text.startsWith(u"Refused: "_s) != isToken, qPrintable(text));
        words.insert(text);
    }
    QCOMPARE(words.size(), answers.keyCount());
}

void TestHandOutView::countsWhatWasRepeated()
{
    const HandOut many{now, u"prod"_s, aProgram(), HandOut::Denied, 1000};
    QCOMPARE(HandOutView::of(many, now).answer, u"Refused: not allowed (1000 times)"_s);
}

QTEST_GUILESS_MAIN(TestHandOutView)
#include "tst_handoutview.moc"
