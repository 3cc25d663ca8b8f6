// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/listener.h"
#include "wire/http/proxychoice.h"

#include <QHostAddress>
#include <QNetworkAccessManager>

#include <functional>
#include <memory>

class QTcpSocket;

namespace latchkey {

//! The port of an https address that names none (RFC 9110 §4.2.2).
inline constexpr quint16 httpsPort = 443;
//! Of http (RFC 9110 §4.2.1).
inline constexpr quint16 httpPort = 80;

//! Makes a network access manager for one exchange. Each has its own, because a manager keeps its
//! connections and uses them again: a second account of the same appliance would send its password
//! over a connection whose certificate was trusted for the first, and after a sleep a request would
//! go into a dead connection.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

//! Tells which proxy a server is reached through. May block while the desktop is asked.
using ProxyFinder = std::function<ProxyChoice(const QUrl &server)>;

//! Looks for the addresses of a host. Calls \a found once, from the event loop, with the best
//! address first, or with none when there is no such host; not any more once \a context is gone.
using Resolver = std::function<void(const QString &host, QObject *context,
    const std::function<void(const QList<QHostAddress> &)> &found)>;

//! Who is at the other end of a connection within this machine.
using ListenerFinder = std::function<Listener(const QTcpSocket &connected)>;

//! What an exchange needs of the outside world.
struct Network {
    NetworkFactory manager;
    //! When empty, no proxy is set, and the manager uses what it has.
    ProxyFinder proxyFor = {};
    //! When empty, the manager finds hosts itself, and tries their addresses one after the other.
    Resolver resolve = {};
    //! Where it is empty, whoever listens may have what is sent by http, and the manager sends it.
    ListenerFinder listenerOn = {};
};

//! What is sent to \a server is not encrypted, and it must be on this machine.
[[nodiscard]] bool isPlainHttp(const QUrl &server);

//! The network of this machine.
[[nodiscard]] Network networkOfThisMachine(const ProxyFinder &proxyFor = proxyOfThisMachine);

} // namespace latchkey
