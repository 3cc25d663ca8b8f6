// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/loglevelbox.h"

#include "base/messagelog.h"
#include "ui/uifixture.h"

#include <QWheelEvent>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLogLevelBox final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }
    void cleanup() { m_log.setLevel(LogLevel::Off); }

    void whatIsChosenHoldsAtOnce();
    void showsWhatAProgramHasChosen();
    void theWheelChangesNothing();

private:
    QTemporaryDir m_folder;
    MessageLog m_log{{m_folder.filePath(u"log.txt"_s), m_folder.filePath(u"log.json"_s)}};
};

void TestLogLevelBox::whatIsChosenHoldsAtOnce()
{
    LogLevelBox box(m_log);
    box.show();
    QCOMPARE(box.currentText(), u"Off"_s);
    QTest::keyClick(&box, Qt::Key_End);
    QCOMPARE(box.currentText(), u"Each step"_s);
    QCOMPARE(m_log.level(), LogLevel::Debug);
}

void TestLogLevelBox::showsWhatAProgramHasChosen()
{
    LogLevelBox box(m_log);
    m_log.setLevel(LogLevel::Info);
    box.show();
    QCOMPARE(box.currentText(), u"What happens"_s);
}

void TestLogLevelBox::theWheelChangesNothing()
{
    LogLevelBox box(m_log);
    box.show();
    QWheelEvent turn({1, 1}, box.mapToGlobal(QPointF(1, 1)), {}, {0, -120}, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&box, &turn);
    QCOMPARE(m_log.level(), LogLevel::Off);
}

QTEST_MAIN(TestLogLevelBox)
#include "tst_loglevelbox.moc"
