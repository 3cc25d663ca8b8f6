// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

//! The proxy through which a server is reached, or none.
struct ProxyChoice {
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    //! Scheme and host of a proxy that is set but that we cannot use; empty otherwise. It is never
    //! bypassed.
    QString unusable = {};

    [[nodiscard]] bool isNone() const;
    //! An HTTP proxy, which opens the way on CONNECT.
    [[nodiscard]] bool isHttp() const;
    //! For people: `proxy.example.com:3128`. Never has credentials; empty when there is no proxy.
    [[nodiscard]] QString name() const;
    //! For programs that go the same way: `http://user:password@proxy.example.com:3128`. Has
    //! credentials; empty when there is no proxy.
    [[nodiscard]] QString url() const;

    friend bool operator==(const ProxyChoice &, const ProxyChoice &) = default;
};

//! The choice that the environment makes, by the variables that curl reads: `https_proxy`,
//! `HTTPS_PROXY`, `all_proxy` and `ALL_PROXY` name a proxy, `no_proxy` and `NO_PROXY` the servers
//! that are reached without one. Nothing when none of them concerns \a server. There is no
//! `http_proxy`: `http:` reaches this machine only, and goes through no proxy.
[[nodiscard]] std::optional<ProxyChoice> proxyFromEnvironment(
    const QProcessEnvironment &environment, const QUrl &server);

//! The environment's choice; if it makes none, that of the desktop's settings. May block while the
//! desktop is asked.
[[nodiscard]] ProxyChoice proxyOfThisMachine(const QUrl &server);

} // namespace latchkey
