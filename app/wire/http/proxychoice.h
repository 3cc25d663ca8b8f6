// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

//! The proxy that a server is reached through, or that there is none.
struct ProxyChoice {
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    //! A proxy is set, but none that we can use: its scheme and host. Going around it is no way
    //! out.
    QString unusable = {};

    [[nodiscard]] bool isNone() const;
    //! The proxy asks for nothing but a host's name and port: HTTP, by CONNECT.
    [[nodiscard]] bool isHttp() const;
    //! For people: `proxy.example.com:3128`. Never holds its credentials; empty where there is
    //! none.
    [[nodiscard]] QString name() const;
    //! For programs that go the same way, credentials and all; empty where there is none.
    [[nodiscard]] QString url() const;

    friend bool operator==(const ProxyChoice &, const ProxyChoice &) = default;
};

//! What the variables say that curl takes: `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`,
//! and `no_proxy`, `NO_PROXY` for what is reached without. Nothing where they do not speak of
//! \a server. What is reached by `http:` is this machine, and no proxy is to see it: `http_proxy`
//! is nobody's here.
[[nodiscard]] std::optional<ProxyChoice> proxyFromEnvironment(
    const QProcessEnvironment &environment, const QUrl &server);

//! By the variables, and where there are none by the desktop's configuration.
[[nodiscard]] ProxyChoice proxyOfThisMachine(const QUrl &server);

} // namespace latchkey
