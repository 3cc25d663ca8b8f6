// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

class QSslCertificate;

namespace latchkey {

//! The SHA-256 of a certificate's DER bytes: 32 bytes, or none. An account's pin is the one that
//! the operator has accepted.
class Fingerprint {
public:
    Fingerprint() = default;
    [[nodiscard]] static Fingerprint of(const QSslCertificate &certificate);
    //! From 64 hex digits in any case, with or without colons and spaces; nothing from other text.
    [[nodiscard]] static std::optional<Fingerprint> fromText(QStringView text);

    [[nodiscard]] bool isEmpty() const { return m_sha256.isEmpty(); }
    //! `AA:BB:…`, 95 characters; empty when there is none.
    [[nodiscard]] QString toText() const;

    friend bool operator==(const Fingerprint &, const Fingerprint &) = default;

private:
    QByteArray m_sha256;
};

//! What a person is shown of a certificate before they decide on it.
struct Certificate {
    Fingerprint fingerprint;
    QString subject;
    QString issuer;
    QDateTime validFrom;
    QDateTime validUntil;
    //! The SHA-256 of its public key (RFC 7469 §2.4), by which curl pins. Empty where Qt cannot
    //! read keys of that kind.
    QByteArray keySha256 = {};
    //! It names others, but not the host that showed it.
    bool isForOtherHost = false;

    [[nodiscard]] static Certificate from(const QSslCertificate &certificate);
    friend bool operator==(const Certificate &, const Certificate &) = default;
};

} // namespace latchkey
