// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

namespace latchkey::ui {

//! What a page is about: one line, or a few where it is long, in large letters.
class Heading final : public QLabel {
    Q_OBJECT
public:
    explicit Heading(const QString &text = {}, QWidget *parent = nullptr);
};

} // namespace latchkey::ui
