// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

#include <QString>

#include <functional>
#include <optional>

namespace latchkey::appliance {

class Switches;

//! The misbehaviours of the token endpoint, by switch `fault` and its companions.
//! Those that stand in for the grant leave it undone; dropAfterCommit and truncate spoil the answer
//! to one that was carried out.
class Faults {
public:
    explicit Faults(Switches &switches)
        : m_switches(switches)
    {
    }

    //! The fault that this request meets, counted; nothing when it meets none.
    [[nodiscard]] std::optional<QString> take(const QString &grant);

    //! True when the TLS handshake that begins now is to be refused, counted.
    [[nodiscard]] bool takeTlsAlert();

    [[nodiscard]] HttpReply apply(
        const QString &fault, const std::function<HttpReply()> &grant) const;

private:
    [[nodiscard]] bool isArmed() const;
    [[nodiscard]] HttpReply statusReply(int status) const;

    Switches &m_switches;
};

} // namespace latchkey::appliance
