// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/displaytrial.h"

#include "ui/uifixture.h"

#include <QLoggingCategory>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

QStringList logged;

void note(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    logged.append(QString::fromUtf8(context.category) + u'/' + text);
}

} // namespace

//! Where there is a display; where there is none, see tests/e2e/test_start.py.
class TestDisplayTrial : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void whatIsLoggedMeanwhileComesAfterwards();
};

void TestDisplayTrial::whatIsLoggedMeanwhileComesAfterwards()
{
    logged.clear();
    const QLoggingCategory category("qt.qpa.test");
    const QtMessageHandler before = qInstallMessageHandler(note);
    {
        const DisplayTrial trial;
        qCWarning(category) << "look";
        QVERIFY(logged.isEmpty());
    }
    qWarning("here");
    qInstallMessageHandler(before);
    QCOMPARE(logged, (QStringList{u"qt.qpa.test/look"_s, u"default/here"_s}));
}

QTEST_MAIN(TestDisplayTrial)
#include "tst_displaytrial.moc"
