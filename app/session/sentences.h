// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "vault/storeerror.h"
#include "wire/autherror.h"

#include <QString>

namespace latchkey {

//! What people are told, in windows and on the command line alike: what is wrong and what to do
//! about it, translated where a translator is installed. The sentences are here and not in `ui`,
//! because a script's `reason.text` and the window must say the same.
[[nodiscard]] QString sentenceFor(const AuthError &error);
[[nodiscard]] QString sentenceFor(AccountProblem problem);
//! Somebody is signed in, but the tokens do not outlive Latchkey.
[[nodiscard]] QString sentenceForUnkept(StoreError error);
//! The write to disk has begun, but the disk is slow.
[[nodiscard]] QString sentenceForSlowDisk();
//! Signed out, but the appliance did not confirm it; or the sealed file could not be removed.
[[nodiscard]] QString sentenceForUnheardSignOut();
[[nodiscard]] QString sentenceForUnforgotten();
//! The certificate is not the pinned one (changed) or, without a pin, the system does not trust it.
[[nodiscard]] QString sentenceForCertificate(bool isChanged);
//! At the start: the list was damaged, and a copy of it is at \a path.
[[nodiscard]] QString sentenceForDamagedList(const QString &path);
//! The appliance's clock and ours are more than a minute apart.
[[nodiscard]] QString sentenceForClocks();

} // namespace latchkey
