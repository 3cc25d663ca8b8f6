// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "session/account.h"
#include "vault/filequeue.h"

#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace latchkey {

//! The accounts on disk: one JSON file, `accounts.json`, which is always replaced as a whole. It
//! never holds a secret, and is never longer than what load() accepts.
//!
//! save() returns at once. While the disk is busy, only the latest list waits; earlier ones are
//! dropped. saved() follows each time a list has reached the disk, failed() each time a write
//! fails. A failed write is repeated every few seconds.
class Accounts : public QObject {
    Q_OBJECT
public:
    Accounts(QString path, FileQueue &files, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~Accounts() override;

    //! The most accounts that are read. Even if all have the longest names, the file is short
    //! enough to be read again.
    static constexpr qsizetype most = 1600;

    //! The well-formed accounts, in file order. A file that cannot be read in full is first put
    //! aside as `accounts.json.damaged`, so that nothing overwrites it; \a copy receives the path.
    //! A missing file means no accounts.
    [[nodiscard]] static QList<Account> load(const QString &path, QString *copy = nullptr);
    [[nodiscard]] QList<Account> load(QString *copy) const { return load(m_path, copy); }
    //! The content of the file.
    [[nodiscard]] static QByteArray toJson(const QList<Account> &accounts);
    void save(const QList<Account> &accounts);

Q_SIGNALS:
    void saved(const QList<latchkey::Account> &accounts);
    void failed(latchkey::StoreError error);

private:
    void write();
    void onWritten(const std::optional<StoreError> &error);

    QString m_path;
    FileQueue &m_files;
    DeadlineQueue &m_deadlines;
    Deadline m_retry;
    //! m_written is on its way to the disk; m_next follows it.
    std::optional<QList<Account>> m_written;
    std::optional<QList<Account>> m_next;
    //! What is on disk, as far as we know; saving the same list again is skipped.
    std::optional<QList<Account>> m_saved;
};

} // namespace latchkey
