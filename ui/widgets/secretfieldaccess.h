// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAccessible>

namespace latchkey::ui {

//! What assistive tools get of a SecretField, for QAccessible::installFactory(): a password field
//! with bullets. They may fill it in, too; Qt's own way to do that for a QLineEdit would put the
//! text into the widget, in clear. Null for any other object.
[[nodiscard]] QAccessibleInterface *secretFieldAccess(const QString &className, QObject *object);

} // namespace latchkey::ui
