// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslConfiguration>

namespace latchkey::appliance {

//! A self-signed server certificate for 127.0.0.1, ::1 and localhost with its P-256 key, made
//! afresh each time. It is its own CA, so that a test can trust it by file.
class Certificate {
public:
    //! \a name is that of subject and issuer; where it is empty, they have the usual name.
    [[nodiscard]] static Certificate make(const QString &name = {});

    [[nodiscard]] QSslConfiguration configuration() const { return m_configuration; }
    [[nodiscard]] QByteArray pem() const;

    //! SHA-256 of the DER form: `AA:BB:…`.
    [[nodiscard]] QString fingerprint() const;

private:
    QSslConfiguration m_configuration;
};

} // namespace latchkey::appliance
