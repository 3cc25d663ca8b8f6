// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMessageBox>

#include <memory>

namespace latchkey::ui {

//! A box with Latchkey's own icon and plain text in it, wide enough for sentences, still without
//! buttons.
[[nodiscard]] std::unique_ptr<QMessageBox> makeMessageBox(
    const QString &title, const QString &text, QWidget *parent = nullptr);
//! Has a sign of danger in place of that icon, for what cannot be undone.
void showDanger(QMessageBox &box);

} // namespace latchkey::ui
