// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/seal.h"

#include <sodium.h>

namespace latchkey {

namespace {

constexpr QByteArrayView firstFormat = "latchkey-sealed-1\n";
constexpr QByteArrayView format = "latchkey-sealed-2\n";
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

//! The bytes before the nonce; nothing if \a sealed is in no known format.
std::optional<QByteArray> beginningOf(QByteArrayView sealed)
{
    if (sealed.startsWith(firstFormat))
        return firstFormat.toByteArray();
    const qsizetype end = sealed.startsWith(format) ? sealed.indexOf('\n', format.size()) : -1;
    return end < 0 ? std::nullopt : std::optional(sealed.first(end + 1).toByteArray());
}

void startSodium()
{
    static const bool isReady = sodium_init() >= 0;
    if (!isReady)
        qFatal("The system has no random numbers to seal with");
}

} // namespace

QByteArray seal(const Secret &record, const Secret &key, const SealOwner &owner)
{
    Q_ASSERT(key.size() == sealKeySize && !owner.head.contains('\n'));
    startSodium();
    const QByteArrayView plain = record.bytes();
    const QByteArray beginning = format.toByteArray() + owner.head + '\n';
    const QByteArray bound = beginning + owner.name;
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    randombytes_buf(nonce.data(), static_cast<std::size_t>(nonce.size()));
    QByteArray encrypted(plain.size() + tagSize, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(encrypted), nullptr, raw(plain), sizeOf(plain),
        raw(bound), sizeOf(bound), nullptr, raw(nonce), raw(key.bytes()));
    return beginning + nonce + encrypted;
}

std::optional<QByteArray> headOf(QByteArrayView sealed)
{
    const auto beginning = beginningOf(sealed);
    if (!beginning || *beginning == firstFormat)
        return {};
    return beginning->sliced(format.size()).chopped(1);
}

std::optional<Secret> unseal(QByteArrayView sealed, const Secret &key, const SealOwner &owner)
{
    Q_ASSERT(key.size() == sealKeySize);
    startSodium();
    const auto beginning = beginningOf(sealed);
    if (!beginning || sealed.size() < beginning->size() + nonceSize + tagSize)
        return {};
    const QByteArrayView nonce = sealed.sliced(beginning->size(), nonceSize);
    const QByteArrayView encrypted = sealed.sliced(beginning->size() + nonceSize);
    // Binds the format and the owner as well, so that no file passes for one of another format or
    // name.
    const QByteArray bound = *beginning + (*beginning == firstFormat ? owner.head : owner.name);
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
