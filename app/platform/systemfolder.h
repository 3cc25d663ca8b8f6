// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! Where an administrator leaves settings for all users of this machine. It need not exist.
[[nodiscard]] QString administratorsFolder();

} // namespace latchkey
