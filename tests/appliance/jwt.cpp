// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "jwt.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QUuid>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray base64Url(const QJsonObject &object)
{
    return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString newGuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString newKid()
{
    QByteArray bytes(20, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(bytes.toHex().toUpper());
}

} // namespace

Installation::Installation()
    : m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}))
    , m_kid(newKid())
    , m_accessAudience(u"api/default/"_s + newGuid())
    , m_refreshAudience(u"auth/refresh/"_s + newGuid())
    , m_reusedSignature(sign("demo"))
{
}

QByteArray Installation::jwt(const QJsonObject &claims, Signature signature) const
{
    const bool isHs256 = signature == Signature::Hs256;
    QJsonObject header{{u"alg"_s, isHs256 ? u"HS256"_s : u"RS512"_s}, {u"typ"_s, u"JWT"_s}};
    if (!isHs256)
        header.insert("kid"_L1, m_kid);
    const QByteArray input = base64Url(header) + '.' + base64Url(claims);
    if (isHs256)
        return input + '.' + base64Url(QCryptographicHash::hash(input, QCryptographicHash::Sha256));
    return input + '.' + base64Url(signature == Signature::Real ? sign(input) : m_reusedSignature);
}

QByteArray Installation::sign(const QByteArray &input) const
{
    const DigestPointer context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha512(), nullptr, m_key.get());
    QByteArray signature(EVP_PKEY_get_size(m_key.get()), '\0');
    auto size = static_cast<std::size_t>(signature.size());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
        reinterpret_cast<const unsigned char *>(input.constData()),
        static_cast<std::size_t>(input.size()));
    return signature;
}

} // namespace latchkey::appliance
