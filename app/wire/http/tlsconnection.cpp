// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/tlsconnection.h"

#include <QSslCertificate>
#include <QSslConfiguration>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString nameOf(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLSv1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLSv1.3"_s;
    default: // older versions, which we do not speak, and ranges of versions
        return {};
    }
}

} // namespace

std::optional<TlsConnection> TlsConnection::from(
    const QSslConfiguration &configuration, Trust trust)
{
    const QSslCertificate seen = configuration.peerCertificate();
    if (seen.isNull())
        return {};
    return TlsConnection{nameOf(configuration.sessionProtocol()), Certificate::from(seen), trust};
}

} // namespace latchkey
