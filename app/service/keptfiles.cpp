// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/keptfiles.h"

#include "base/wholefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

bool isSealed(const Account &account, const QHash<QString, Account> &owners)
{
    return account.keepSignedIn && !account.isSignedOut && !account.isForgotten
        && owners.contains(account.place());
}

//! Which file goes by which name, by its place: by that in its head; or by that in the list where
//! another file has the first one.
QHash<QString, QString> sealedNames(
    const QList<Account> &sealed, const QHash<QString, Account> &owners)
{
    QHash<QString, const Account *> holders; // by name
    for (const Account &account : sealed) {
        const QString name = owners.value(account.place()).name;
        if (!holders.contains(name)) {
            holders.insert(name, &account);
            continue;
        }
        // Whoever has the loser's listed name by its head alone gives it back, and so on.
        for (const Account *loser = &account; loser && holders.value(loser->name) != loser;)
            loser = std::exchange(holders[loser->name], loser);
    }
    QHash<QString, QString> names;
    for (auto holder = holders.cbegin(); holder != holders.cend(); ++holder)
        names.insert(holder.value()->place(), holder.key());
    return names;
}

} // namespace

//! Names may hold signs that file systems do not take, so they are percent-encoded; long ones
//! become a hash, with a `=` before it, which the encoding never writes.
QString fileNameFor(const Account &account)
{
    const QByteArray name = QUrl::toPercentEncoding(account.place(), {}, "~.");
    constexpr qsizetype longest = 200; // file systems take 255 bytes, with our extension
    const QByteArray file = name.size() <= longest
        ? name
        : '=' + QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(file);
}

QString sealedPath(const QString &folder, const Account &account)
{
    return folder + u'/' + fileNameFor(account) + u".sealed"_s;
}

SealOwner ownerFrom(const Account &account)
{
    QJsonArray head{
        account.name, account.server.toString(QUrl::FullyEncoded), account.user, account.kind};
    if (!account.clientId.isEmpty() || !account.keptAs.isEmpty())
        head.append(account.clientId);
    if (!account.keptAs.isEmpty())
        head.append(account.keptAs);
    return {account.place().toUtf8(), QJsonDocument(head).toJson(QJsonDocument::Compact)};
}

std::optional<Account> ownerIn(const QString &path)
{
    const auto head = headOf(readWhole(path).value_or(QByteArray()));
    const QJsonDocument owner = QJsonDocument::fromJson(head.value_or(QByteArray()));
    Account draft;
    draft.name = owner[0].toString();
    draft.user = owner[2].toString();
    draft.kind = owner[3].toString();
    draft.clientId = owner[4].toString();
    draft.keptAs = owner[5].toString();
    const auto account = Account::make(draft, owner[1].toString());
    return account ? std::optional(*account) : std::nullopt;
}

QHash<QString, Account> sealedOwners(const QString &folder, const QList<Account> &listed)
{
    QHash<QString, Account> owners;
    for (const Account &account : listed) {
        const auto owner =
            account.isForgotten ? std::nullopt : ownerIn(sealedPath(folder, account));
        if (owner && owner->place() == account.place())
            owners.insert(account.place(), *owner);
    }
    return owners;
}

QList<Account> unlistedIn(const QString &folder, const QList<Account> &listed)
{
    QSet<QString> known;
    QSet<QString> names;
    for (const Account &account : listed) {
        names.insert(account.name);
        if (!account.isForgotten)
            known.insert(sealedPath(folder, account));
    }
    QList<Account> found;
    const QDir vault(folder);
    const QStringList files = vault.entryList({u"*.sealed"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const QString path = vault.filePath(file);
        const auto account = known.contains(path) ? std::nullopt : ownerIn(path);
        if (account && sealedPath(folder, *account) == path && !names.contains(account->name))
            found.append(*account);
    }
    return found;
}

QList<Account> withSealedNames(QList<Account> listed, const QHash<QString, Account> &owners)
{
    QList<Account> sealed;
    std::ranges::copy_if(listed, std::back_inserter(sealed),
        [&](const Account &account) { return isSealed(account, owners); });
    const QHash<QString, QString> names = sealedNames(sealed, owners);
    QSet<QString> taken;
    for (Account &account : listed) {
        if (!isSealed(account, owners))
            continue;
        account.name = names.value(account.place());
        taken.insert(account.name);
    }
    listed.removeIf([&](const Account &account) {
        return !isSealed(account, owners) && taken.contains(account.name);
    });
    return listed;
}

} // namespace latchkey
