// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QApplication>

namespace latchkey::ui {

//! Tells nobody which keys are pressed in a SecretField. Qt itself tells the accessibility bus of
//! each key before any widget sees it, so whoever listens there would read along. That goes for
//! keys such as the arrows as well, even where a screen reader takes its commands from there: a key
//! that is told of reaches the field later than one that is not, so their order would change.
class Application final : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;
};

} // namespace latchkey::ui
