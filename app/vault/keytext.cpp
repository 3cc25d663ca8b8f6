// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keytext.h"

#include "vault/seal.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace latchkey {

namespace {

constexpr QByteArrayView head = "latchkey-vault-key-1:";
constexpr auto alphabet = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

Secret newVaultKey()
{
    std::array<quint32, sealKeySize / sizeof(quint32)> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    QByteArray bytes(reinterpret_cast<const char *>(words.data()), sealKeySize);
    const Secret key = Secret::fromBytes(bytes);
    wipe(bytes);
    for (volatile quint32 &word : words)
        word = 0;
    return key;
}

Secret textOfVaultKey(const Secret &key)
{
    QByteArray bytes = key.toByteArray();
    QByteArray encoded = bytes.toBase64(alphabet);
    QByteArray text;
    text.reserve(head.size() + encoded.size()); // a text that grows would leave a copy behind
    text.append(head).append(encoded);
    const Secret secret = Secret::fromBytes(text);
    wipe(bytes);
    wipe(encoded);
    wipe(text);
    return secret;
}

Secret vaultKeyFrom(const Secret &text)
{
    if (!text.bytes().startsWith(head))
        return {};
    QByteArray encoded = text.bytes().sliced(head.size()).toByteArray();
    auto decoded =
        QByteArray::fromBase64Encoding(encoded, alphabet | QByteArray::AbortOnBase64DecodingErrors);
    const bool isKey = decoded && decoded.decoded.size() == sealKeySize;
    const Secret key = isKey ? Secret::fromBytes(decoded.decoded) : Secret();
    wipe(encoded);
    wipe(decoded.decoded);
    return key;
}

QString nameOfVaultKey(const Secret &key)
{
    constexpr qsizetype length = 16;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData("latchkey vault key name\n");
    hash.addData(key.bytes());
    return QString::fromLatin1(hash.result().toHex().first(length));
}

} // namespace latchkey
