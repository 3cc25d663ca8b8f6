// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

//! What made a session change: one for each thing that can happen to it.
class Cause {
    Q_GADGET
public:
    enum Value {
        Started, //!< the program started
        Restored, //!< the vault had a token set
        NothingStored,
        AccountEdited, //!< it stood otherwise in the list of accounts than it is sealed
        StoreFailed,
        SignInAsked,
        CodeEntered,
        Trusted,
        Declined,
        Cancelled,
        RefreshAsked, //!< by a person
        Demanded, //!< a program wants a token that lives longer
        SignOutAsked,
        Due, //!< the time had come
        NetworkLost,
        NetworkBack,
        WokeUp,
        FellAsleep,
        Granted,
        CodeAsked,
        CertificateUnknown,
        Failed, //!< the answer was an error, or there was none
    };
    Q_ENUM(Value)
};

//! `network-back`.
[[nodiscard]] QString scriptName(Cause::Value cause);
[[nodiscard]] std::optional<Cause::Value> causeFrom(const QString &scriptName);

} // namespace latchkey
