// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include "base/secret.h"

namespace latchkey::ui {

//! \a text as sh, bash, zsh and fish take it for one word.
[[nodiscard]] QString shellWord(QString text);

//! The command line that \a way copies, quoted for its shell. It gets the token from latchkeyctl
//! when it runs and holds none itself. Empty where \a way copies a text with the token. curl trusts
//! the key with that SHA-256, whatever the system says of its certificate; where it is empty, the
//! system's trust decides. So there is no curl command for a pinned account without a key: it would
//! send the token to whoever has a certificate that the system trusts.
[[nodiscard]] QString commandFor(
    Action way, const Account &account, const QByteArray &keySha256 = {});

//! The text with \a token that \a way copies.
[[nodiscard]] Secret secretFor(Action way, const Account &account, const Secret &token);

} // namespace latchkey::ui
