// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/filequeue.h"

namespace latchkey {

namespace {

//! How many paths may hang before all others have to wait.
constexpr int mostThreads = 8;

} // namespace

FileQueue::FileQueue(std::unique_ptr<DurableFiles> files, QObject *parent)
    : QObject(parent)
    , m_files(std::move(files))
{
    m_threads.setMaxThreadCount(mostThreads);
}

//! The remaining work is done although nobody hears of the results: the newest tokens may be part
//! of it.
FileQueue::~FileQueue()
{
    m_threads.waitForDone();
    for (const std::deque<Job> &jobs : std::as_const(m_jobs)) {
        for (std::size_t next = 1; next < jobs.size(); ++next)
            jobs[next]();
    }
}

void FileQueue::add(const QString &path, Job job)
{
    std::deque<Job> &jobs = m_jobs[path];
    jobs.push_back(std::move(job));
    if (jobs.size() == 1)
        start(path);
}

void FileQueue::start(const QString &path)
{
    m_threads.start([this, path, job = m_jobs[path].front()] {
        const Report report = job();
        QMetaObject::invokeMethod(
            this, [this, path, report] { onEnded(path, report); }, Qt::QueuedConnection);
    });
}

void FileQueue::onEnded(const QString &path, const Report &report)
{
    std::deque<Job> &jobs = m_jobs[path];
    jobs.pop_front();
    if (jobs.empty())
        m_jobs.remove(path);
    else
        start(path);
    report();
}

} // namespace latchkey
