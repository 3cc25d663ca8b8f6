// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

//! What made a session change. Kept in the history's file and told to scripts by scriptName(), so
//! no value may be renamed.
class Cause {
    Q_GADGET
public:
    enum Value {
        Started, //!< the program started
        Restored, //!< the vault had a token set
        NothingStored, //!< the vault had none
        AccountEdited, //!< the list of accounts said something else than the sealed file
        StoreFailed, //!< the vault could not be read
        SignInAsked,
        CodeEntered,
        Trusted,
        Declined,
        Cancelled,
        RefreshAsked, //!< by a person
        Demanded, //!< a program wants a token that lives longer
        SignOutAsked,
        Due, //!< a refresh or another attempt was due
        NetworkLost,
        NetworkBack,
        WokeUp,
        FellAsleep,
        Granted, //!< the appliance gave tokens
        CodeAsked,
        CertificateUnknown,
        Failed, //!< the answer was an error, or there was none
    };
    Q_ENUM(Value)
};

//! In lower case, with hyphens: `network-back`.
[[nodiscard]] QString scriptName(Cause::Value cause);
//! Nothing where there is no such cause.
[[nodiscard]] std::optional<Cause::Value> causeFrom(const QString &scriptName);

} // namespace latchkey
