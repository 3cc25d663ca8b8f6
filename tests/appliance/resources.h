// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "sessions.h"

namespace latchkey::appliance {

class Switches;
struct HttpRequest;

//! The few resources that a session manager asks for, `/api/vN/system/…` (docs/protocol.md §12),
//! and some under `/api/vN/demo/…` for programs that pass requests on: an echo, a redirect, a
//! stream.
class Resources {
public:
    Resources(Switches &switches, const Sessions &sessions)
        : m_switches(switches)
        , m_sessions(sessions)
    {
    }

    [[nodiscard]] HttpReply answer(const HttpRequest &request);

private:
    [[nodiscard]] Verdict verdictOn(const HttpRequest &request);
    [[nodiscard]] HttpReply system(const QString &name) const;

    Switches &m_switches;
    const Sessions &m_sessions;
};

} // namespace latchkey::appliance
