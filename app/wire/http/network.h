// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/proxychoice.h"

#include <QHostAddress>
#include <QNetworkAccessManager>

#include <functional>
#include <memory>

namespace latchkey {

//! Of https, where an address names none (RFC 9110 §4.2.2).
inline constexpr quint16 httpsPort = 443;

//! Makes a network access manager for one exchange. One each, because a manager keeps its
//! connections: a second account of the same appliance would else send its password over a
//! connection on whose certificate nobody decided for it, and a connection that slept with the
//! machine would be used again.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

//! Which proxy a server is reached through.
using ProxyFinder = std::function<ProxyChoice(const QUrl &server)>;

//! The addresses of a host, the best first, none when there is no such host. Calls \a found once,
//! from the event loop, or never once \a context is gone.
using Resolver = std::function<void(const QString &host, QObject *context,
    const std::function<void(const QList<QHostAddress> &)> &found)>;

//! What an exchange needs of the outside world.
struct Network {
    NetworkFactory manager;
    //! Where it is empty, the manager goes as it was made to.
    ProxyFinder proxyFor = {};
    //! Where it is empty, hosts are found by the manager alone, one address after the other.
    Resolver resolve = {};
};

//! The network of this machine.
[[nodiscard]] Network networkOfThisMachine(const ProxyFinder &proxyFor = proxyOfThisMachine);

} // namespace latchkey
