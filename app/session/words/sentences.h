// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "vault/storeerror.h"
#include "wire/autherror.h"

#include <QString>

namespace latchkey {

//! A sentence for people, in the two languages that one process may need at once: programs hear
//! English, and windows show the language of the user.
struct Sentence {
    QString english;
    QString translated; //!< the same as `english` if no translator is installed

    //! As QString::arg().
    template<typename Value> [[nodiscard]] Sentence arg(const Value &value) const
    {
        return {english.arg(value), translated.arg(value)};
    }
    [[nodiscard]] Sentence arg(const Sentence &value) const
    {
        return {english.arg(value.english), translated.arg(value.translated)};
    }
};

//! Named so that lupdate sees it. The \a context of all sentences of the engine is `Sentences`.
[[nodiscard]] Sentence translate(
    const char *context, const char *text, const char *comment = nullptr);
//! The same with a count in place of `%n`, for which a language may have several forms. English has
//! this one alone.
[[nodiscard]] Sentence translate(
    const char *context, const char *text, const char *comment, int count);

//! What is wrong, and what to do about it. The sentences are here and not in `ui`, because a
//! script's `reason.text` and the window must say the same.
[[nodiscard]] Sentence sentenceFor(const AuthError &error);
[[nodiscard]] Sentence sentenceFor(AccountProblem problem);
//! Somebody is signed in, but the tokens do not outlive Latchkey.
[[nodiscard]] Sentence sentenceForUnkept(StoreError error);
//! The write to disk has begun, but the disk is slow.
[[nodiscard]] Sentence sentenceForSlowDisk();
//! Signed out, but the appliance did not confirm it; or the sealed file could not be removed.
[[nodiscard]] Sentence sentenceForUnheardSignOut();
[[nodiscard]] Sentence sentenceForUnforgotten();
//! The certificate is not trusted. It is changed where the one before it was.
[[nodiscard]] Sentence sentenceForCertificate(bool isChanged);
//! The sign-in waits for a verification code.
[[nodiscard]] Sentence sentenceForCode();
//! The certificate is not the one that was named beforehand, at a first sign-in.
[[nodiscard]] Sentence sentenceForUnnamedCertificate();
//! The certificate is another one than the administrator has decided for.
[[nodiscard]] Sentence sentenceForFixedPin();
//! At the start: the list was damaged, and a copy of it is at \a path.
[[nodiscard]] Sentence sentenceForDamagedList(const QString &path);
//! At the start; the log has said why.
[[nodiscard]] Sentence sentenceForNoSocket();
//! The administrator's policy has that \a fault, such as `/etc/…/policy.json: kinds is not a list`.
//! \a isLastKnown says whether it was right before.
[[nodiscard]] Sentence sentenceForPolicy(const QString &fault, bool isLastKnown);
//! The policy is right, but the system does not tell of its changes.
[[nodiscard]] Sentence sentenceForUnwatchedPolicy();
//! The administrator has set up the session, and nobody was ever signed in to it.
[[nodiscard]] Sentence sentenceForPreset();
//! The appliance's clock and ours are more than a minute apart.
[[nodiscard]] Sentence sentenceForClocks();

} // namespace latchkey
