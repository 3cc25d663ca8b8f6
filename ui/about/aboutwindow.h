// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

namespace latchkey::ui {

//! The window "About Latchkey": its version, its licence, and those of what it is made of.
class AboutWindow final : public QDialog {
    Q_OBJECT
public:
    explicit AboutWindow(QWidget *parent = nullptr);

Q_SIGNALS:
    void reportRequested();

private:
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeLicences();
};

} // namespace latchkey::ui
