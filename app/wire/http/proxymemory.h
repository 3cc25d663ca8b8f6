// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "wire/http/network.h"

#include <QHash>
#include <QList>

namespace latchkey {

//! Remembers which proxy each server was last reached through: a program that asks for a token is
//! told the proxy too, and cannot wait until the desktop has been asked.
class ProxyMemory {
public:
    explicit ProxyMemory(ProxyFinder finder = proxyOfThisMachine);

    //! Asks the finder, and remembers its choice. Paths make no difference.
    ProxyChoice find(const QUrl &server);
    //! The choice that is remembered. Asks the finder only if there is none for that server.
    [[nodiscard]] ProxyChoice last(const QUrl &server);
    //! The passwords of all choices.
    [[nodiscard]] QList<Secret> secrets() const;

    //! Another choice may be made from now on.
    void forget() { m_choices.clear(); }

private:
    ProxyFinder m_finder;
    QHash<QUrl, ProxyChoice> m_choices;
};

} // namespace latchkey
