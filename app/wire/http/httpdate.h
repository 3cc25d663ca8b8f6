// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QByteArray>

#include <optional>

namespace latchkey {

//! RFC 9110 §5.6.7, in the one form that servers send now: `Sun, 06 Nov 1994 08:49:37 GMT`. Nothing
//! from other text.
[[nodiscard]] std::optional<WallTime> dateFromHttp(const QByteArray &header);

} // namespace latchkey
