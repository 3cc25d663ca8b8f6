// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "totp.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace latchkey::appliance::totp {

using namespace Qt::Literals::StringLiterals;

namespace {

// RFC 4226 section 5.3, dynamic truncation.
quint32 truncated(const QByteArray &mac)
{
    const int offset = mac.back() & 0x0f;
    return qFromBigEndian<quint32>(mac.constData() + offset) & 0x7fffffffU;
}

QByteArray counterBytes(qint64 counter)
{
    QByteArray bytes(sizeof counter, '\0');
    qToBigEndian(counter, bytes.data());
    return bytes;
}

} // namespace

std::optional<QByteArray> fromBase32(const QString &text)
{
    static const QString alphabet = u"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_s;
    QByteArray bytes;
    quint32 buffer = 0;
    int bits = 0;
    const QString letters = text.toUpper().remove('='_L1);
    for (const QChar character : letters) {
        const qsizetype value = alphabet.indexOf(character);
        if (value < 0)
            return std::nullopt;
        buffer = (buffer << 5) | static_cast<quint32>(value);
        bits += 5;
        if (bits >= 8)
            bytes.append(static_cast<char>((buffer >> (bits -= 8)) & 0xffU));
    }
    return bytes;
}

QString code(const QByteArray &secret, Instant instant, int digits)
{
    quint32 modulus = 1;
    for (int digit = 0; digit < digits; ++digit)
        modulus *= 10;
    const QByteArray mac = QMessageAuthenticationCode::hash(
        counterBytes(toUnixSeconds(instant) / step.count()), secret, QCryptographicHash::Sha1);
    return u"%1"_s.arg(truncated(mac) % modulus, digits, 10, '0'_L1);
}

bool isCode(const QString &typed, const QByteArray &secret, Instant instant)
{
    return typed == code(secret, instant) || typed == code(secret, instant - step)
        || typed == code(secret, instant + step);
}

std::chrono::seconds timeLeft(Instant instant)
{
    return step - std::chrono::seconds(toUnixSeconds(instant) % step.count());
}

} // namespace latchkey::appliance::totp
