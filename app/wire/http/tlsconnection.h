// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"

class QSslConfiguration;

namespace latchkey {

//! How a connection is secured, as its handshake showed.
struct TlsConnection {
    enum class Trust {
        No, //!< nothing was sent
        System, //!< the system trusts the certificate, and there is no pin
        Pinned, //!< the certificate is the pinned one, whatever the system says of it
    };

    //! `TLSv1.3`; empty when the handshake failed before the version was settled.
    QString protocol;
    Certificate certificate;
    Trust trust = Trust::No;

    //! Nothing when the other side showed no certificate.
    [[nodiscard]] static std::optional<TlsConnection> from(
        const QSslConfiguration &configuration, Trust trust);
    friend bool operator==(const TlsConnection &, const TlsConnection &) = default;
};

} // namespace latchkey
