// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/seal.h"

#include <sodium.h>

namespace latchkey {

namespace {

constexpr QByteArrayView header = "latchkey-sealed-1\n";
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sealKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

unsigned long long sizeOf(QByteArrayView bytes)
{
    return static_cast<unsigned long long>(bytes.size());
}

//! What is authenticated beside the record: a file of one format or account is none of another.
QByteArray associated(QByteArrayView owner)
{
    return header.toByteArray() + owner.toByteArray();
}

void startSodium()
{
    static const bool isReady = sodium_init() >= 0;
    if (!isReady)
        qFatal("The system has no random numbers to seal with");
}

} // namespace

QByteArray seal(const Secret &record, const Secret &key, QByteArrayView owner)
{
    Q_ASSERT(key.size() == sealKeySize);
    startSodium();
    const QByteArrayView plain = record.bytes();
    const QByteArray bound = associated(owner);
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    randombytes_buf(nonce.data(), static_cast<std::size_t>(nonce.size()));
    QByteArray encrypted(plain.size() + tagSize, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(encrypted), nullptr, raw(plain), sizeOf(plain),
        raw(bound), sizeOf(bound), nullptr, raw(nonce), raw(key.bytes()));
    return header.toByteArray() + nonce + encrypted;
}

std::optional<Secret> unseal(QByteArrayView sealed, const Secret &key, QByteArrayView owner)
{
    Q_ASSERT(key.size() == sealKeySize);
    startSodium();
    if (!sealed.startsWith(header) || sealed.size() < header.size() + nonceSize + tagSize)
        return {};
    const QByteArrayView nonce = sealed.sliced(header.size(), nonceSize);
    const QByteArrayView encrypted = sealed.sliced(header.size() + nonceSize);
    const QByteArray bound = associated(owner);
    QByteArray plain(encrypted.size() - tagSize, Qt::Uninitialized);
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr,
        raw(encrypted), sizeOf(encrypted), raw(bound), sizeOf(bound), raw(nonce), raw(key.bytes()));
    if (refused)
        return {};
    const Secret record = Secret::fromBytes(plain);
    wipe(plain);
    return record;
}

} // namespace latchkey
