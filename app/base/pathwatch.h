// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDeadlineTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace latchkey {

//! Watches files and folders that may come and go, or be swapped for others of that name. What is
//! read after look() is either as it was then, or changed() follows. Where the system watches no
//! more files, changed() comes every few seconds instead, whether there is a change or not.
class PathWatch final : public QObject {
    Q_OBJECT
public:
    //! Tells which files and folders are to be watched now; all of them exist.
    using Wanted = std::function<QStringList()>;

    explicit PathWatch(Wanted wanted, std::chrono::milliseconds pause = std::chrono::seconds(3),
        QObject *parent = nullptr);

    //! To be called before what is watched is read.
    void look();
    //! Something could not be watched at the last look.
    [[nodiscard]] bool isBlind() const { return m_instead.isActive(); }
    //! \a folder or, until it exists, the closest of those that it will be in.
    [[nodiscard]] static QString nearest(QString folder);
    //! The closest folder that exists, and those above it up to \a above levels over \a folder:
    //! only they tell that it was renamed.
    [[nodiscard]] static QStringList leadingTo(const QString &folder, int above);

Q_SIGNALS:
    void changed();

private:
    void setBlind(const QStringList &unwatched);

    Wanted m_wanted;
    QFileSystemWatcher m_watcher;
    QTimer m_instead;
    //! Not before that, it tries to watch again.
    QDeadlineTimer m_retry;
};

} // namespace latchkey
