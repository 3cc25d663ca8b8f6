// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/messagebox.h"

#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QLabel>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

void showIcon(QMessageBox &box, const QIcon &icon)
{
    const int side = box.style()->pixelMetric(QStyle::PM_MessageBoxIconSize);
    box.setIconPixmap(icon.pixmap(QSize(side, side), box.devicePixelRatio()));
}

} // namespace

std::unique_ptr<QMessageBox> makeMessageBox(
    const QString &title, const QString &text, QWidget *parent)
{
    auto box = std::make_unique<QMessageBox>(
        QMessageBox::NoIcon, title, text, QMessageBox::NoButton, parent);
    box->setTextFormat(Qt::PlainText);
    showIcon(*box, applicationIcon());
    // The box lays itself out anew with each thing that is added, and keeps this label.
    if (auto *label = box->findChild<QLabel *>(u"qt_msgbox_label"_s))
        label->setMinimumWidth(box->fontMetrics().averageCharWidth() * 60);
    return box;
}

void showDanger(QMessageBox &box)
{
    showIcon(box, signIcon(u"warning"_s, toneColor(Tone::Danger, box.palette())));
}

} // namespace latchkey::ui
