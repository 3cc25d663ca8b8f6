// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QJsonValue>

#include <optional>

namespace latchkey {

// How scripts see values. Absent is null.

//! RFC 3339 in UTC, whole seconds.
[[nodiscard]] QJsonValue timeFrom(const std::optional<WallTime> &time);
//! Empty is absent.
[[nodiscard]] QJsonValue textFrom(const QString &text);
//! 0 is absent.
[[nodiscard]] QJsonValue numberFrom(qint64 number);
//! Whole seconds.
[[nodiscard]] QJsonValue spanFrom(const std::optional<std::chrono::seconds> &span);

} // namespace latchkey
