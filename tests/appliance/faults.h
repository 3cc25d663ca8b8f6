// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

#include <QString>

#include <functional>
#include <optional>

namespace latchkey::appliance {

class Switches;

//! The misbehaviours of the token endpoint, by switch `fault` and its companions. Most of them
//! answer in place of the grant, which is not carried out; dropAfterCommit and truncate carry it
//! out and spoil the answer.
class Faults {
public:
    explicit Faults(Switches &switches)
        : m_switches(switches)
    {
    }

    //! The fault that this request meets, if any. Counts it against `faultCount`.
    [[nodiscard]] std::optional<QString> take(const QString &grant);

    //! Whether the TLS handshake that begins now is to be refused. Counts it likewise.
    [[nodiscard]] bool takeTlsAlert();

    [[nodiscard]] HttpReply apply(
        const QString &fault, const std::function<HttpReply()> &grant) const;

private:
    [[nodiscard]] bool isArmed() const;
    [[nodiscard]] HttpReply statusReply(int status) const;

    Switches &m_switches;
};

} // namespace latchkey::appliance
