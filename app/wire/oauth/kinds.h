// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/kind.h"

#include <QFileSystemWatcher>
#include <QObject>

namespace latchkey {

//! All kinds of appliance that Latchkey knows: those that it ships, and the `*.json` files of some
//! folders, which are read again when they change. A file that is wrong changes nothing: what it
//! said before still counts, and problems() tells what is wrong.
class Kinds final : public QObject {
    Q_OBJECT
public:
    //! Those of a later folder take precedence; the last one is the user's own. A folder need not
    //! exist yet.
    explicit Kinds(const QStringList &folders = {}, QObject *parent = nullptr);

    [[nodiscard]] std::optional<Kind> find(const QString &id) const;
    //! By name.
    [[nodiscard]] QList<Kind> all() const;
    [[nodiscard]] const QList<KindProblem> &problems() const { return m_problems; }

Q_SIGNALS:
    void changed();

private:
    void read();
    void readFile(const QString &path, QMap<QString, Kind> &kinds);
    [[nodiscard]] Result<Kind, KindProblem> kindIn(const QString &path) const;
    void add(const Kind &kind, QMap<QString, Kind> &kinds);
    void watch();

    QStringList m_folders;
    QMap<QString, Kind> m_kinds;
    //! What each file said last when it was right, by its path.
    QMap<QString, Kind> m_lastGood;
    QList<KindProblem> m_problems;
    QFileSystemWatcher m_watcher;
};

} // namespace latchkey
