// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"

#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

//! The accounts on disk: one JSON file, `accounts.json`, written whole and atomically. Never a
//! secret in it.
class Accounts {
public:
    explicit Accounts(QString path);

    //! Those that are well-formed, in their order. A file that cannot be understood is put aside
    //! as `accounts.json.damaged` before anything can overwrite it; a missing one is no accounts.
    [[nodiscard]] QList<Account> load() const;
    //! False, with a warning in the log, when the disk refuses.
    bool save(const QList<Account> &accounts);

private:
    QString m_path;
    //! What is on disk, as far as we know: saving it again would be for nothing.
    std::optional<QList<Account>> m_saved;
};

} // namespace latchkey
