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

//! The accounts on disk: one JSON file, `accounts.json`, replaced as a whole. Never a secret in it,
//! and never longer than what is read again.
//!
//! save() returns at once. Of the calls made while the disk works only the last one counts; saved()
//! follows whenever a list has reached the disk, and failed() whenever one could not: it is tried
//! again every few seconds.
class Accounts : public QObject {
    Q_OBJECT
public:
    Accounts(QString path, FileQueue &files, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~Accounts() override;

    //! So many are read; of the longest, they make a file that is.
    static constexpr qsizetype most = 1600;

    //! Those that are well-formed, in their order. A file that cannot be understood is put aside
    //! as `accounts.json.damaged` before anything can overwrite it, and \a copy is where; a missing
    //! one is no accounts.
    [[nodiscard]] static QList<Account> load(const QString &path, QString *copy = nullptr);
    [[nodiscard]] QList<Account> load(QString *copy) const { return load(m_path, copy); }
    //! What stands in the file.
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
    //! On their way to the disk; and the list that is to follow.
    std::optional<QList<Account>> m_written;
    std::optional<QList<Account>> m_next;
    //! What is on disk, as far as we know: saving it again would be for nothing.
    std::optional<QList<Account>> m_saved;
};

} // namespace latchkey
