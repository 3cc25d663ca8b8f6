// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/systemfolder.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace latchkey {

struct ServiceOptions {
    //! Where `accounts.json`, `programs.json` and `windows.ini` are; the last has all settings.
    QString configFolder;
    //! Where each session's `vault/NAME.sealed` and `history/NAME.jsonl` are; also `vault.json`,
    //! which says where the vault key is, and `ledger.jsonl`.
    QString dataFolder;
    //! The path of the agent's socket.
    QString agentAddress;
    //! `latchkey` or `latchkeyd`.
    QString program;
    //! Uses no keychain, and keeps no tokens.
    bool memoryOnly = false;
    bool hasWindows = false;
    //! The process that a person would end: this one, or the parent that ends with it.
    qint64 pid = QCoreApplication::applicationPid();

    //! Kinds of appliance are in its folder `kinds/`, and in that of `configFolder`. The
    //! administrator's policy is in it, too.
    QString systemFolder = administratorsFolder();
    //! Programs get tokens while the screen is locked as well, unless the administrator says
    //! otherwise.
    bool withoutLock = false;

    //! The user's own folders.
    [[nodiscard]] static ServiceOptions forUser(const QString &program);

    //! Makes both folders, mode 0700; to be called before a Service uses them. Returns the one that
    //! belongs to another user, if any: no Service may be made then.
    [[nodiscard]] std::optional<QString> folderOfAnother() const;
    //! The language that windows are to have, such as `de`; empty for the desktop's.
    [[nodiscard]] QString language() const;
};

} // namespace latchkey
