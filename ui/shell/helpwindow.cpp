// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/helpwindow.h"

#include "widgets/heading.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>

namespace latchkey::ui {

namespace {

//! Of several that stand below each other, whichever way their own letters go.
QLabel *makeLabel(const QString &text)
{
    auto *label = new QLabel(fromReadingSide(text));
    label->setAlignment((readingSide() & Qt::AlignHorizontal_Mask) | Qt::AlignTop);
    label->setWordWrap(true);
    return label;
}

QLabel *makeBoldLabel(const QString &text)
{
    QLabel *label = makeLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setWordWrap(false);
    return label;
}

QString shown(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

} // namespace

HelpWindow::HelpWindow(const QList<QMenu *> &menus, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Help"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const int line = fontMetrics().height();
    auto *halves = new QHBoxLayout;
    halves->setSpacing(line * 2);
    halves->addLayout(makeMoods(), 1);
    halves->addLayout(makeKeys(menus), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(line, line, line, line);
    layout->setSpacing(line);
    layout->addLayout(halves);
    layout->addStretch();
    layout->addWidget(buttons);
    const int width = fontMetrics().averageCharWidth() * 120;
    new WholeWindow(this, {width, 0});
    resize(width, sizeHint().height());
}

QLayout *HelpWindow::makeMoods()
{
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(fontMetrics().height() * 3 / 4);
    rows->setVerticalSpacing(fontMetrics().height() / 8);
    rows->setColumnStretch(1, 1);
    rows->addWidget(new Heading(tr("How a session is")), 0, 0, 1, 2);
    addMood(*rows, Mood::SignedIn, tr("All is well. Latchkey refreshes the token by itself."));
    addMood(*rows, Mood::NeedsYou,
        tr("It waits for a code, a sign-in, the keychain, or a decision about a certificate."));
    addMood(*rows, Mood::Ended, tr("Sign in again."));
    addMood(*rows, Mood::CannotRenew, tr("Latchkey keeps trying. Scripts go on meanwhile."));
    addMood(
        *rows, Mood::Lapsed, tr("Latchkey keeps trying. Until it succeeds, scripts get no token."));
    addMood(*rows, Mood::Busy, tr("Somebody is being signed in, or a token is on its way."));
    addMood(*rows, Mood::SignedOut, tr("By you, or nobody has signed in yet."));
    rows->setRowStretch(rows->rowCount(), 1);
    return rows;
}

void HelpWindow::addMood(QGridLayout &rows, Mood::Value mood, const QString &meaning)
{
    auto *icon = new QLabel;
    icon->setPixmap(
        moodIcon(mood).pixmap(QSize(1, 1) * (fontMetrics().height() * 3 / 2), devicePixelRatio()));
    const int row = rows.rowCount();
    rows.setRowMinimumHeight(row, fontMetrics().height() / 2);
    rows.addWidget(icon, row + 1, 0, 2, 1, Qt::AlignVCenter);
    rows.addWidget(makeBoldLabel(nameOf(mood).translated), row + 1, 1);
    rows.addWidget(makeLabel(meaning), row + 2, 1);
}

QLayout *HelpWindow::makeKeys(const QList<QMenu *> &menus)
{
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setVerticalSpacing(fontMetrics().height() / 2);
    rows->setColumnStretch(1, 1);
    rows->addWidget(new Heading(tr("Keys")), 0, 0, 1, 2);
    addKey(*rows, tr("%1 or %2", "two keys").arg(shown(QKeySequence::Find), shown(Qt::Key_Slash)),
        tr("Filter"));
    addKey(*rows, shown(Qt::Key_Enter), tr("What the chosen session needs, or its token"));
    addKey(*rows, shown(Qt::SHIFT | Qt::Key_F10), tr("All that can be done with it"));
    for (const QMenu *menu : menus) {
        const QList<QAction *> actions = menu->actions();
        for (const QAction *action : actions) {
            if (!action->shortcut().isEmpty())
                addKey(*rows, shown(action->shortcut()), withoutMnemonic(action->text()));
        }
    }
    addKey(*rows, shown(Qt::Key_Escape), tr("Closes a window, and empties the filter"));
    rows->setRowStretch(rows->rowCount(), 1);
    return rows;
}

void HelpWindow::addKey(QGridLayout &rows, const QString &keys, const QString &action)
{
    const int row = rows.rowCount();
    rows.addWidget(makeBoldLabel(keys), row, 0);
    rows.addWidget(makeLabel(action), row, 1);
}

} // namespace latchkey::ui
