// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <boost/asio/ssl/context.hpp>

#include <string>

namespace latchkey::ctl {

struct Appliance;

//! TLS 1.2 or newer. Each connection must be given a CertificateVerifier; without one, every
//! handshake fails.
[[nodiscard]] boost::asio::ssl::context makeTlsContext();

//! Checks the appliance's certificate: it must be the pinned one or, without a pin, one that the
//! system trusts and that is valid for the host. Checked during the handshake, so that nothing is
//! sent to anybody else. Must live as long as the connection.
class CertificateVerifier {
public:
    CertificateVerifier(SSL *connection, const Appliance &appliance);
    CertificateVerifier(const CertificateVerifier &) = delete;
    CertificateVerifier &operator=(const CertificateVerifier &) = delete;

    //! The handshake failed because of the certificate.
    [[nodiscard]] bool isDisappointed() const { return m_isDisappointed; }

    [[nodiscard]] bool isMetBy(X509_STORE_CTX *chain);

private:
    std::string m_pin;
    bool m_isDisappointed = false;
};

} // namespace latchkey::ctl
