// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace latchkey::appliance {

using Instant = std::chrono::system_clock::time_point;

[[nodiscard]] Instant now();

//! UTC with 7 fractional digits and `Z`, as .NET writes it (docs/protocol.md §7).
[[nodiscard]] QString toDotNet(Instant instant);

//! Of a zone two hours east, to the second: with `+02:00`, or with nothing that tells the zone.
[[nodiscard]] QString toOffsetDate(Instant instant);
[[nodiscard]] QString toBareDate(Instant instant);

//! The IMF-fixdate of RFC 9110 §5.6.7.
[[nodiscard]] QByteArray toHttpDate(Instant instant);

[[nodiscard]] qint64 toUnixSeconds(Instant instant);

} // namespace latchkey::appliance
