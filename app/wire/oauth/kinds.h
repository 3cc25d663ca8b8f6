// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/pathwatch.h"
#include "wire/oauth/kind.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

namespace latchkey {

//! All kinds of appliance that Latchkey knows: those that it ships, and the `*.json` files of some
//! folders, which are read again when they change. A file that is wrong changes nothing: what it
//! said before still counts, and problems() tells what is wrong. If it was never right and is to
//! take the place of a kind, there is no such kind until it is. A file that vanishes counts for one
//! more second, because some editors remove a file before they write it again.
class Kinds final : public QObject {
    Q_OBJECT
public:
    //! Those of a later folder take precedence; the last one is the user's own, and the others are
    //! in a folder of the administrator's. A folder need not exist yet.
    explicit Kinds(const QStringList &folders = {}, QObject *parent = nullptr);

    [[nodiscard]] std::optional<Kind> find(const QString &id) const;
    //! By name.
    [[nodiscard]] QList<Kind> all() const;
    [[nodiscard]] const QList<KindProblem> &problems() const { return m_problems; }

Q_SIGNALS:
    //! Kinds or problems are others than before.
    void changed();

private:
    //! What a file says.
    struct Said {
        std::optional<Kind> kind; //!< as it was when the file was right last
        QString missing; //!< while there is none: the id whose place the file is to take
        std::optional<QDeadlineTimer> end; //!< set when the file has vanished
    };

    void onChanged();
    void read();
    [[nodiscard]] QStringList pathsIn(const QString &folder) const;
    void readFile(const QString &path, QMap<QString, Kind> &kinds);
    void hear(const QString &path, Said &said);
    [[nodiscard]] bool isGone(Said &said);
    void add(const Kind &kind, QMap<QString, Kind> &kinds);
    [[nodiscard]] QStringList watched() const;

    QStringList m_folders;
    QMap<QString, Kind> m_kinds;
    //! By path.
    QMap<QString, Said> m_said;
    QList<KindProblem> m_problems;
    PathWatch m_watch{[this] {
        return watched();
    }};
    QTimer m_vanished;
};

} // namespace latchkey
