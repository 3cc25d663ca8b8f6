// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/messagebox.h"

#include "widgets/icons.h"

#include <QLabel>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

std::unique_ptr<QMessageBox> makeMessageBox(
    const QString &title, const QString &text, QWidget *parent)
{
    auto box = std::make_unique<QMessageBox>(
        QMessageBox::NoIcon, title, text, QMessageBox::NoButton, parent);
    box->setTextFormat(Qt::PlainText);
    const int side = box->style()->pixelMetric(QStyle::PM_MessageBoxIconSize);
    box->setIconPixmap(applicationIcon().pixmap(QSize(side, side), box->devicePixelRatio()));
    // The box lays itself out anew with each thing that is added, and keeps this label.
    if (auto *label = box->findChild<QLabel *>(u"qt_msgbox_label"_s))
        label->setMinimumWidth(box->fontMetrics().averageCharWidth() * 60);
    return box;
}

} // namespace latchkey::ui
