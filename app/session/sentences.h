// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "vault/storeerror.h"
#include "wire/autherror.h"

#include <QString>

namespace latchkey {

//! What people are told, in windows and on the command line alike: what is the matter and what
//! to do, translated where a translator is installed. They stand here and not in `ui`, because a
//! script's `reason.text` and the window's must be the same.
[[nodiscard]] QString sentenceFor(const AuthError &error);
[[nodiscard]] QString sentenceFor(AccountProblem problem);
//! Somebody is signed in, but what they hold does not outlive Latchkey.
[[nodiscard]] QString sentenceForUnkept(StoreError error);
//! What is to be kept is on its way to a disk that takes its time.
[[nodiscard]] QString sentenceForSlowDisk();
//! Signed out, but the appliance did not answer; or the file that was kept is still there.
[[nodiscard]] QString sentenceForUnheardSignOut();
[[nodiscard]] QString sentenceForUnforgotten();
//! A certificate that is not the pinned one (changed) or, without a pin, that the system does not
//! trust.
[[nodiscard]] QString sentenceForCertificate(bool isChanged);
//! At the start; the copy is at \a path.
[[nodiscard]] QString sentenceForDamagedList(const QString &path);
//! The appliance's clock and ours are more than a minute apart.
[[nodiscard]] QString sentenceForClocks();

} // namespace latchkey
