// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/durablefiles.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>

namespace latchkey {

//! Reads and writes files on other threads, so that a slow disk holds nobody up. Jobs for one path
//! run in the order in which they came; a path that hangs does not delay the others.
//!
//! run() returns at once. `done` is called from the event loop, unless its context is gone by then.
//! The job itself always runs, in the destructor at the latest.
class FileQueue : public QObject {
    Q_OBJECT
public:
    explicit FileQueue(std::unique_ptr<DurableFiles> files, QObject *parent = nullptr);
    ~FileQueue() override;

    template<typename Outcome>
    void run(const QString &path, std::function<Outcome(DurableFiles &)> work, QObject *context,
        std::function<void(const Outcome &)> done)
    {
        add(path,
            [this, work = std::move(work), context = QPointer(context), done = std::move(done)] {
                return Report([context, done, outcome = work(*m_files)] {
                    if (context)
                        done(outcome);
                });
            });
    }

private:
    using Report = std::function<void()>;
    using Job = std::function<Report()>;
    void add(const QString &path, Job job);
    void start(const QString &path);
    void onEnded(const QString &path, const Report &report);

    std::unique_ptr<DurableFiles> m_files;
    //! Jobs by path; the first job of each path is under way.
    QHash<QString, std::deque<Job>> m_jobs;
    QThreadPool m_threads;
};

} // namespace latchkey
