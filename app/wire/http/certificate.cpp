// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/certificate.h"

#include "protocol/input.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QByteArray sha256Of(const QSslKey &key)
{
    return key.isNull() ? QByteArray()
                        : QCryptographicHash::hash(key.toDer(), QCryptographicHash::Sha256);
}

} // namespace

Fingerprint Fingerprint::of(const QSslCertificate &certificate)
{
    Fingerprint fingerprint;
    if (!certificate.isNull())
        fingerprint.m_sha256 = certificate.digest(QCryptographicHash::Sha256);
    return fingerprint;
}

std::optional<Fingerprint> Fingerprint::fromText(QStringView text)
{
    const auto pairs = protocol::fingerprintText(text.toUtf8().toStdString());
    if (!pairs)
        return {};
    Fingerprint fingerprint;
    fingerprint.m_sha256 = QByteArray::fromHex(QByteArray::fromStdString(*pairs));
    return fingerprint;
}

QString Fingerprint::toText() const
{
    return QString::fromLatin1(m_sha256.toHex(':').toUpper());
}

Certificate Certificate::from(const QSslCertificate &certificate)
{
    return {Fingerprint::of(certificate),
        certificate.subjectInfo(QSslCertificate::CommonName).join(u", "_s),
        certificate.issuerInfo(QSslCertificate::CommonName).join(u", "_s),
        certificate.effectiveDate(), certificate.expiryDate(), sha256Of(certificate.publicKey())};
}

} // namespace latchkey
