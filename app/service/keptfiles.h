// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "vault/seal.h"

#include <QHash>
#include <QList>

#include <optional>

namespace latchkey {

//! What a session's files are called, without folder and extension.
[[nodiscard]] QString fileNameFor(const Account &account);

//! Its sealed file in \a folder.
[[nodiscard]] QString sealedPath(const QString &folder, const Account &account);

//! Whose a sealed file is. It opens in the account's place only; anywhere else it counts as
//! damaged.
[[nodiscard]] SealOwner ownerFrom(const Account &account);

//! Whose the sealed file at \a path says it is; that is not checked against its seal.
[[nodiscard]] std::optional<Account> ownerIn(const QString &path);

//! Whose the files in the places of \a listed say they are; by their places.
[[nodiscard]] QHash<QString, Account> sealedOwners(
    const QString &folder, const QList<Account> &listed);

//! The accounts of sealed files that belong to none of \a listed: the list was lost, damaged or
//! edited, and nobody was signed out by that.
[[nodiscard]] QList<Account> unlistedIn(const QString &folder, const QList<Account> &listed);

//! \a listed with the names that \a owners tell, which go by the place of their files. The list may
//! have been written before a rename was sealed, or may have been edited. What else goes by one of
//! these names and has no file is left out. Where list and file agree on a name, no other file
//! takes it away. Who writes a name into a file gains nothing: that file does not open any more. An
//! older file opens, if need be under the name in the list.
[[nodiscard]] QList<Account> withSealedNames(
    QList<Account> listed, const QHash<QString, Account> &owners);

} // namespace latchkey
