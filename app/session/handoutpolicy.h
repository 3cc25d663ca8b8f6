// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

//! Which programs of the user may have a session's access tokens.
class HandOutPolicy {
    Q_GADGET
public:
    enum Value {
        Allow, //!< all
        Ask, //!< those that a person allows when they ask
        Never, //!< none; a person can still copy one
    };
    Q_ENUM(Value)
};

//! `allow`, `ask`, `never`.
[[nodiscard]] QString scriptName(HandOutPolicy::Value policy);
[[nodiscard]] std::optional<HandOutPolicy::Value> handOutPolicyFrom(const QString &scriptName);

} // namespace latchkey
