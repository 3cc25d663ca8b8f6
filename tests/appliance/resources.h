// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "sessions.h"

namespace latchkey::appliance {

class Switches;
class Users;
struct Dialect;
struct HttpRequest;
struct Refusal;

//! The few resources that a session manager asks for, `/api/vN/system/…` (docs/protocol.md §12),
//! and some under `/api/vN/demo/…` for programs that pass requests on: an echo, a redirect, a
//! stream. All kinds have these, and each some of its own.
class Resources {
public:
    Resources(const Dialect &dialect, Switches &switches, Users &users, const Sessions &sessions)
        : m_dialect(dialect)
        , m_switches(switches)
        , m_users(users)
        , m_sessions(sessions)
    {
    }

    [[nodiscard]] HttpReply answer(const HttpRequest &request);

private:
    [[nodiscard]] Verdict verdictOn(const HttpRequest &request);
    [[nodiscard]] HttpReply answerOwn(const HttpRequest &request);
    [[nodiscard]] HttpReply refused(const Refusal &refusal) const;
    [[nodiscard]] HttpReply system(const QString &name) const;

    const Dialect &m_dialect;
    Switches &m_switches;
    Users &m_users;
    const Sessions &m_sessions;
};

} // namespace latchkey::appliance
