// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QStringView>

#include <optional>

namespace latchkey {

//! Reads a verification code as a person types it: the 6 digits of an authenticator or the 8 of a
//! scratch code (docs/protocol.md §5), with or without spaces and dashes. Nothing if it is neither.
[[nodiscard]] std::optional<Secret> codeFrom(QStringView text);

} // namespace latchkey
