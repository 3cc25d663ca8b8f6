// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/sentences.h"

#include <QList>
#include <QObject>
#include <QString>

namespace latchkey {

struct SessionSnapshot;

//! How a session is for a person, at a glance. List, panel, tray, notices, latchkeyctl and screen
//! readers all take it from here.
class Mood {
    Q_GADGET
public:
    //! Of several sessions, the one that comes last here concerns a person most.
    enum Value {
        SignedOut, //!< by a person, or nobody was ever signed in
        SignedIn, //!< nothing to do
        Busy, //!< signing in, or its tokens are on the way; seconds, as a rule
        CannotRenew, //!< but the access token is still good
        Lapsed, //!< cannot be renewed, and there is no good access token
        Ended, //!< by the appliance; a person has to sign in again
        NeedsYou, //!< for a code, a decision about a certificate, the keychain, or a sign-in
    };
    Q_ENUM(Value)

    //! What lists group by, in the order of the groups.
    enum Group { InNeed, NotRenewed, WellOff, Out };
    Q_ENUM(Group)
};

[[nodiscard]] Mood::Value moodOf(const SessionSnapshot &session);
[[nodiscard]] Mood::Group groupOf(Mood::Value mood);
//! How many of them are in each group that has any, in the order of the groups, such as "2 sessions
//! need you".
[[nodiscard]] QList<Sentence> countsOf(const QList<Mood::Value> &moods);
//! For scripts, such as `needs-you`.
[[nodiscard]] QString scriptName(Mood::Value mood);
//! In a few words, such as "Signed in".
[[nodiscard]] Sentence nameOf(Mood::Value mood);
//! The same, and where more is known, what it needs or does, such as "Verification code needed".
//! Without times.
[[nodiscard]] Sentence headlineOf(const SessionSnapshot &session);
//! What to say where its appliance shows a certificate that is not trusted.
[[nodiscard]] Sentence sentenceForUntrusted(const SessionSnapshot &session);
//! What is wrong with it, and what to do about it; empty where nothing is.
[[nodiscard]] Sentence troubleOf(const SessionSnapshot &session);
//! Its appliance's certificate was trusted before, by a pin or by this computer. One that is not
//! is a change, and nothing usual.
[[nodiscard]] bool hadTrustedCertificate(const SessionSnapshot &session);

} // namespace latchkey
