// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QApplication>

namespace latchkey::ui {

//! Keeps to itself which keys are pressed in a SecretField. Qt tells the accessibility bus of each
//! key that comes from outside, before any widget sees it; whoever listens there would have it.
//! Commands are kept back as well, even those to a screen reader that takes its keys from there: a
//! key that is told reaches the field later than one that is not, so their order would change.
class Application final : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;
};

} // namespace latchkey::ui
