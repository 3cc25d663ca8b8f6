// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/takeover.h"

#include "ui/uifixture.h"

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSysInfo>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using Answer = SecondStart::Answer;

class TestTakeOver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void saysWhatIsTheMatter_data();
    void saysWhatIsTheMatter();
    void endsTheOtherWhenAPersonSaysSo();
    void leavesItAloneWhenAPersonSaysSo();
    void givesTheCommandToCopy();
    void offersToEndNoOtherProcess_data();
    void offersToEndNoOtherProcess();
    void triesAgainWhenAPersonSaysSo();
    void saysWhatEachAnswerDoes();

private:
    [[nodiscard]] Owner owner(const QString &program) const;
    void ask(const Owner &owner, Answer answer);
    [[nodiscard]] static QMessageBox *box();
    [[nodiscard]] static QPushButton *stop()
    {
        return find<QPushButton>(*box(), "Stop it and open Latchkey");
    }

    std::unique_ptr<QProcess> m_other;
    std::unique_ptr<TakeOver> m_takeOver;
};

void TestTakeOver::init()
{
    failOnUiWarning();
    m_other = std::make_unique<QProcess>();
    m_other->start(u"sleep"_s, {u"600"_s});
    QTRY_COMPARE(m_other->state(), QProcess::Running);
}

void TestTakeOver::cleanup()
{
    m_takeOver.reset();
    m_other->kill();
    QTRY_COMPARE(m_other->state(), QProcess::NotRunning);
}

Owner TestTakeOver::owner(const QString &program) const
{
    const qint64 pid = m_other->processId();
    return {program, pid, pid, startOf(pid), QSysInfo::machineHostName(), u"/run/agent.sock"_s};
}

void TestTakeOver::ask(const Owner &owner, Answer answer)
{
    m_takeOver = std::make_unique<TakeOver>(owner, answer);
    m_takeOver->ask();
    QVERIFY(box());
}

QMessageBox *TestTakeOver::box()
{
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (auto *box = qobject_cast<QMessageBox *>(window); box && box->isVisible())
            return box;
    }
    return nullptr;
}

void TestTakeOver::saysWhatIsTheMatter_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("hung") << u"latchkey"_s << Answer::None
                          << u"Latchkey does not answer. Stop it and open Latchkey?"_s;
    QTest::newRow("hung without windows")
        << u"latchkeyd"_s << Answer::None
        << u"latchkeyd does not answer. Stop it and open Latchkey?"_s;
    QTest::newRow("without windows")
        << u"latchkeyd"_s << Answer::Refused
        << u"latchkeyd keeps your sessions. Stop it and open Latchkey?"_s;
}

void TestTakeOver::saysWhatIsTheMatter()
{
    QFETCH(const QString, program);
    QFETCH(const Answer, answer);
    QFETCH(const QString, sentence);
    ask(owner(program), answer);
    QCOMPARE(box()->text(), sentence);
    QVERIFY(stop());
}

void TestTakeOver::endsTheOtherWhenAPersonSaysSo()
{
    ask(owner(u"latchkeyd"_s), Answer::Refused);
    QSignalSpy ended(m_takeOver.get(), &TakeOver::ended);
    const QSignalSpy declined(m_takeOver.get(), &TakeOver::declined);
    stop()->click();
    QVERIFY(ended.wait());
    QTRY_COMPARE(m_other->state(), QProcess::NotRunning);
    QVERIFY(declined.isEmpty());
}

void TestTakeOver::leavesItAloneWhenAPersonSaysSo()
{
    ask(owner(u"latchkeyd"_s), Answer::Refused);
    const QSignalSpy declined(m_takeOver.get(), &TakeOver::declined);
    find<QPushButton>(*box(), "Cancel")->click();
    QCOMPARE(declined.count(), 1);
    QCOMPARE(m_other->state(), QProcess::Running);
}

void TestTakeOver::givesTheCommandToCopy()
{
    Owner other = owner(u"latchkeyd"_s);
    other.started = 0;
    ask(other, Answer::None);
    const QString command = u"systemctl --user stop latchkeyd"_s;
    QVERIFY(box()->informativeText().endsWith(u'\n' + command));
    find<QPushButton>(*box(), "Copy command")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), command);
    QVERIFY(box());
    other.program = u"latchkey"_s;
    ask(other, Answer::None);
    QVERIFY(!find<QPushButton>(*box(), "Copy command"));
}

void TestTakeOver::offersToEndNoOtherProcess_data()
{
    QTest::addColumn<std::function<void(Owner &)>>("change");
    const auto row = [](const char *name, std::function<void(Owner &)> change) {
        QTest::newRow(name) << change;
    };
    row("another took its number", [](Owner &owner) { --owner.started; });
    row("it has not said when it started", [](Owner &owner) { owner.started = 0; });
    row("of another computer", [](Owner &owner) { owner.host = u"elsewhere"_s; });
    row("it has not said its number", [](Owner &owner) { owner.worker = 0; });
}

void TestTakeOver::offersToEndNoOtherProcess()
{
    QFETCH(const std::function<void(Owner &)>, change);
    Owner other = owner(u"latchkey"_s);
    change(other);
    ask(other, Answer::None);
    QVERIFY(!stop());
    QCOMPARE(box()->text(), u"Latchkey is running already, but does not answer."_s);
    QVERIFY(box()->informativeText().contains("/run/agent.sock"_L1));
    find<QPushButton>(*box(), "Close")->click();
    QCOMPARE(m_other->state(), QProcess::Running);
}

//! Where Latchkey cannot end the other one, the person may.
void TestTakeOver::triesAgainWhenAPersonSaysSo()
{
    Owner other = owner(u"latchkey"_s);
    other.host = u"elsewhere"_s;
    ask(other, Answer::None);
    const QSignalSpy retried(m_takeOver.get(), &TakeOver::retried);
    const QSignalSpy declined(m_takeOver.get(), &TakeOver::declined);
    QVERIFY(box()->informativeText().contains("End it yourself"_L1));
    find<QPushButton>(*box(), "Try again")->click();
    QCOMPARE(retried.count(), 1);
    QVERIFY(declined.isEmpty());
    QCOMPARE(m_other->state(), QProcess::Running);
}

void TestTakeOver::saysWhatEachAnswerDoes()
{
    for (const Answer answer : {Answer::None, Answer::Refused}) {
        ask(owner(u"latchkeyd"_s), answer);
        QVERIFY(box()->informativeText().contains("If you stop it, "_L1));
        QVERIFY(box()->informativeText().contains("If you cancel, "_L1));
    }
}

QTEST_MAIN(TestTakeOver)
#include "tst_takeover.moc"
