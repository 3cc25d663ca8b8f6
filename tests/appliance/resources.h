// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpreply.h"

namespace latchkey::appliance {

class Sessions;
class Switches;
struct HttpRequest;

//! The few versioned resources a session manager asks for: `/api/vN/system/…` (protocol.md 1.11).
class Resources {
public:
    Resources(const Switches &switches, const Sessions &sessions)
        : m_switches(switches)
        , m_sessions(sessions)
    {
    }

    [[nodiscard]] HttpReply answer(const HttpRequest &request) const;

private:
    [[nodiscard]] HttpReply system(const QString &name) const;

    const Switches &m_switches;
    const Sessions &m_sessions;
};

} // namespace latchkey::appliance
