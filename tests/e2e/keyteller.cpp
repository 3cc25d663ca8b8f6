// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

// The vault key alone, with the real keychain, controlled by a test. Reads commands, one per line
// (`fetch`, `make`, `allow`, `quit`), and prints a line each time something changes, such as `key
// 0123456789abcdef` or `trouble locked`.

#include "platform/linux/dbuskeychainwatch.h"
#include "platform/linux/desktopkeychain.h"
#include "platform/suspendclock.h"
#include "vault/keychainkey.h"
#include "vault/keytext.h"
#include "vault/qtkeychainitem.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <iostream>
#include <string>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const char *wordFor(StoreError trouble)
{
    switch (trouble) {
    case StoreError::Unavailable:
        return "unavailable";
    case StoreError::Locked:
        return "locked";
    case StoreError::Denied:
        return "denied";
    case StoreError::Slow:
        return "slow";
    case StoreError::Elsewhere:
        return "elsewhere";
    case StoreError::KeyMissing:
        return "key-missing";
    case StoreError::DiskFull:
        return "disk-full";
    case StoreError::NotWritable:
        return "not-writable";
    case StoreError::Damaged:
        return "damaged";
    }
    Q_UNREACHABLE();
}

void tell(const VaultKey &key)
{
    if (!key.key().isEmpty())
        std::cout << "key " << nameOfVaultKey(key.key()).toStdString() << std::endl;
    else if (const auto trouble = key.trouble())
        std::cout << "trouble " << wordFor(*trouble) << std::endl;
}

void obey(VaultKey &key, const std::string &word)
{
    if (word == "fetch")
        key.fetch();
    else if (word == "make")
        key.fetchOrMake();
    else if (word == "allow")
        key.allowPrompt();
    else
        QCoreApplication::quit();
}

//! Handles the commands that have arrived, one per line; quits at the end of the input.
void hear(VaultKey &key, std::string &heard)
{
    std::array<char, 256> part{};
    const auto size = ::read(STDIN_FILENO, part.data(), part.size());
    if (size <= 0)
        return QCoreApplication::quit();
    heard.append(part.data(), static_cast<std::size_t>(size));
    for (auto end = heard.find('\n'); end != std::string::npos; end = heard.find('\n')) {
        obey(key, heard.substr(0, end));
        heard.erase(0, end + 1);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication program(argc, argv);
    DeadlineQueue deadlines(readClocks);
    KeychainKey key(
        {u"" LATCHKEY_ID ""_s, u"vault key"_s, preferredKeychain(), program.arguments().value(1)},
        std::make_unique<QtKeychainItem>(u"" LATCHKEY_ID ""_s, u"vault key"_s),
        std::make_unique<DBusKeychainWatch>(), deadlines);
    QObject::connect(&key, &VaultKey::changed, &key, [&key] { tell(key); });

    std::string heard;
    const QSocketNotifier words(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&words, &QSocketNotifier::activated, &key, [&] { hear(key, heard); });
    return QCoreApplication::exec();
}
