// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QString;

namespace latchkey {

//! Makes the folder for its owner alone, and makes an existing folder private. Returns false if it
//! belongs to another user: then it must not be used. A folder that cannot be made is noticed when
//! somebody writes into it.
[[nodiscard]] bool makePrivateFolder(const QString &path);

} // namespace latchkey
