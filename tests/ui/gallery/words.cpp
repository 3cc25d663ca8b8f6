// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/gallery/words.h"

#include "ui/gallery/drawing.h"
#include "ui/gallery/windows.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTextDocumentFragment>

namespace latchkey::test {

namespace {

QStringList wordsOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList words;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole),
                     int(Qt::AccessibleTextRole), int(Qt::AccessibleDescriptionRole)})
                words.append(index.data(role).toString());
        }
        words.append(wordsOf(model, model.index(row, 0, parent)));
    }
    return words;
}

QStringList headingsOf(const QAbstractItemModel &model)
{
    QStringList words;
    for (int column = 0; column < model.columnCount(); ++column)
        words.append(model.headerData(column, Qt::Horizontal).toString());
    return words;
}

QStringList wordsOf(const QWidget &widget)
{
    QStringList words{widget.toolTip(), widget.statusTip(), widget.whatsThis(),
        widget.accessibleName(), widget.accessibleDescription()};
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        words.append(label->text());
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        words.append(button->text());
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget))
        words.append(edit->placeholderText());
    if (const auto *group = qobject_cast<const QGroupBox *>(&widget))
        words.append(group->title());
    if (const auto *box = qobject_cast<const QComboBox *>(&widget))
        words.append(wordsOf(*box->model()));
    const auto *view = qobject_cast<const QAbstractItemView *>(&widget);
    if (view && view->model())
        words.append(wordsOf(*view->model()) + headingsOf(*view->model()));
    return words;
}

QStringList wordsOf(const QMenu &menu)
{
    QStringList words{menu.title()};
    for (const QAction *action : menu.actions()) {
        if (action->isVisible())
            words.append({action->text(), action->toolTip()});
    }
    return words;
}

QString plain(const QString &text)
{
    return Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
}

//! What is drawn may have been cut in the midst of a word; it is whole elsewhere.
QString withoutCutWord(QString drawn)
{
    static const QRegularExpression cut(QStringLiteral("\\S*…\\S*"));
    return drawn.remove(cut);
}

} // namespace

QStringList textsOf(QWidget &window)
{
    QStringList texts{window.windowTitle()};
    for (const QWidget *widget : shownIn(window))
        texts.append(wordsOf(*widget));
    for (const QMenu *menu : menusOf(window))
        texts.append(wordsOf(*menu));
    return texts;
}

QStringList wordsIn(QWidget &window)
{
    QStringList words = textsOf(window);
    for (const auto &text : Drawing::of(window).texts)
        words.append(withoutCutWord(text.words));
    words.removeAll(QString());
    words.removeDuplicates();
    std::ranges::transform(words, words.begin(), plain);
    return words;
}

} // namespace latchkey::test
