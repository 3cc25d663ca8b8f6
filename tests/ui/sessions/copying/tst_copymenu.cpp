// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/copymenu.h"

#include "ui/uifixture.h"

#include <QSignalSpy>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestCopyMenu : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void asksForEachWayToCopy();
};

void TestCopyMenu::asksForEachWayToCopy()
{
    CopyMenu menu;
    QSignalSpy requested(&menu, &CopyMenu::actionRequested);
    QStringList texts;
    const QList<QAction *> entries = menu.actions();
    for (QAction *entry : entries) {
        if (entry->isSeparator())
            continue;
        texts.append(entry->text().remove(u'&'));
        entry->trigger();
    }
    QCOMPARE(texts,
        QStringList({u"Command for scripts"_s, u"Token"_s, u"As header"_s, u"As curl"_s,
            u"As PowerShell"_s, u"As .http file"_s}));
    QList<Action> ways;
    for (const QList<QVariant> &one : std::as_const(requested))
        ways.append(one[0].value<Action>());
    QCOMPARE(ways,
        QList({Action::CopyCommand, Action::CopyToken, Action::CopyHeader, Action::CopyCurl,
            Action::CopyPowerShell, Action::CopyHttpFile}));
}

QTEST_MAIN(TestCopyMenu)
#include "tst_copymenu.moc"
