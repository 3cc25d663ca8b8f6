// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFileSystemWatcher>
#include <QObject>

#include <functional>

namespace latchkey {

//! Watches files and folders that may come and go. What is read after look() is either as it was
//! then, or changed() follows.
class PathWatch final : public QObject {
    Q_OBJECT
public:
    //! Tells which files and folders are to be watched now; all of them exist.
    using Wanted = std::function<QStringList()>;

    explicit PathWatch(Wanted wanted, QObject *parent = nullptr);

    //! To be called before what is watched is read.
    void look();
    //! \a folder or, until it exists, the closest of those that it will be in.
    [[nodiscard]] static QString nearest(QString folder);

Q_SIGNALS:
    void changed();

private:
    Wanted m_wanted;
    QFileSystemWatcher m_watcher;
};

} // namespace latchkey
