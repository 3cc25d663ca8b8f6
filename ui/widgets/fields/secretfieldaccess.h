// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAccessible>

namespace latchkey::ui {

//! For QAccessible::installFactory(): what assistive tools see of a SecretField, which is a
//! password field with bullets. They can also fill it in, and the text goes into the secret; Qt's
//! own interface of a QLineEdit would put it into the widget in clear. Null for any other object.
[[nodiscard]] QAccessibleInterface *secretFieldAccess(const QString &className, QObject *object);

} // namespace latchkey::ui
