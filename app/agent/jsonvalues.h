// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QJsonValue>

#include <optional>

namespace latchkey {

// How scripts see values. A value that is not there is null.

//! RFC 3339 in UTC, whole seconds.
[[nodiscard]] QJsonValue timeFrom(const std::optional<WallTime> &time);
//! Null where it is empty.
[[nodiscard]] QJsonValue textFrom(const QString &text);
//! Null where it is 0.
[[nodiscard]] QJsonValue numberFrom(qint64 number);
//! Whole seconds.
[[nodiscard]] QJsonValue spanFrom(const std::optional<std::chrono::seconds> &span);

} // namespace latchkey
