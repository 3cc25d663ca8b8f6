// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/language.h"
#include "ui/gallery/windows.h"
#include "ui/uifixture.h"

#include <QAbstractButton>
#include <QGroupBox>
#include <QKeySequence>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

//! Texts whose key is that of another one.
QStringList ambiguousOf(const QStringList &texts)
{
    QStringList found;
    QMap<QString, QString> byKey;
    for (const QString &text : texts) {
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty())
            continue;
        if (byKey.contains(key))
            found.append(u"%1: \"%2\" and \"%3\""_s.arg(key, byKey[key], text));
        byKey.insert(key, text);
    }
    return found;
}

QStringList textsOf(const QList<QAction *> &actions)
{
    QStringList texts;
    for (const QAction *action : actions) {
        if (action->isVisible())
            texts.append(action->text());
    }
    return texts;
}

//! Those that lead to something.
QStringList labelsOf(const QWidget &window)
{
    QStringList texts;
    for (const QLabel *label : shownIn<QLabel>(window)) {
        if (label->buddy())
            texts.append(label->text());
    }
    for (const QAbstractButton *button : shownIn<QAbstractButton>(window))
        texts.append(button->text());
    for (const QGroupBox *group : shownIn<QGroupBox>(window))
        texts.append(group->title());
    for (const QTabBar *tabs : shownIn<QTabBar>(window)) {
        for (int tab = 0; tab < tabs->count(); ++tab)
            texts.append(tabs->tabText(tab));
    }
    for (const QMenuBar *bar : shownIn<QMenuBar>(window))
        texts.append(textsOf(bar->actions()));
    return texts;
}

QStringList ambiguousIn(QWidget &window)
{
    QStringList found = ambiguousOf(labelsOf(window));
    for (const QMenu *menu : menusOf(window))
        found.append(ambiguousOf(textsOf(menu->actions())));
    return found;
}

} // namespace

class TestMnemonics final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void eachLeadsToOnePlace_data();
    void eachLeadsToOnePlace();
};

void TestMnemonics::eachLeadsToOnePlace_data()
{
    QTest::addColumn<QString>("language");
    for (const QString &language : QStringList{u"en"_s} + Language::known())
        QTest::newRow(qPrintable(language)) << language;
}

void TestMnemonics::eachLeadsToOnePlace()
{
    QFETCH(const QString, language);
    const Language chosen({language});
    QStringList found = findingsOf(ambiguousIn);
    found.removeDuplicates();
    expectNone(found);
}

QTEST_MAIN(TestMnemonics)
#include "tst_mnemonics.moc"
