// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QStringView>

#include <optional>

namespace latchkey {

//! A verification code as a person gives it: 6 digits of an authenticator or 8 of a scratch
//! code (docs/protocol.md §5), with or without spaces. Nothing when it is neither.
[[nodiscard]] std::optional<Secret> codeFrom(QStringView text);

} // namespace latchkey
