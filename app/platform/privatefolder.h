// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QString;

namespace latchkey {

//! Makes the folder for its owner alone, and one that is there so. False where it belongs to
//! another user: it must not be used then. What cannot be made shows when somebody writes into it.
[[nodiscard]] bool makePrivateFolder(const QString &path);

} // namespace latchkey
