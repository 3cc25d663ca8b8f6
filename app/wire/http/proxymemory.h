// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/network.h"

#include <QHash>

namespace latchkey {

//! Remembers which proxy each server was last reached through. To ask the desktop may take a while;
//! a token is answered for at once.
class ProxyMemory {
public:
    explicit ProxyMemory(ProxyFinder finder = proxyOfThisMachine);

    //! Asks anew. Paths make no difference.
    ProxyChoice find(const QUrl &server);
    //! Asks only for a server that nobody has gone to yet.
    [[nodiscard]] ProxyChoice last(const QUrl &server);

private:
    ProxyFinder m_finder;
    QHash<QUrl, ProxyChoice> m_choices;
};

} // namespace latchkey
