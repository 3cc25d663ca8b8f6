// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/durablefiles.h"

#include <QHash>
#include <QMutex>
#include <QMutexLocker>
#include <QSemaphore>
#include <QStringList>

#include <memory>

namespace latchkey::test {

//! The content of a disk, under the test's control; for any thread.
struct FakeDisk {
    QMutex mutex;
    QHash<QString, QByteArray> files;
    QStringList aside;
    //! If set, every call fails with this.
    std::optional<StoreError> failure;
    //! Calls for this path wait for `gate`.
    QString slowPath;
    QSemaphore gate;
    //! The calls so far, in order.
    QStringList calls;
};

//! DurableFiles on a FakeDisk.
class FakeFiles final : public DurableFiles {
public:
    explicit FakeFiles(std::shared_ptr<FakeDisk> disk)
        : m_disk(std::move(disk))
    {
    }

    [[nodiscard]] Content read(const QString &path) override
    {
        const auto lock = begin(u"read", path);
        if (m_disk->failure)
            return *m_disk->failure;
        const auto file = m_disk->files.constFind(path);
        return file == m_disk->files.constEnd() ? std::optional<QByteArray>() : *file;
    }
    [[nodiscard]] std::optional<StoreError> replace(
        const QString &path, const QByteArray &bytes) override
    {
        const auto lock = begin(u"replace", path);
        if (!m_disk->failure)
            m_disk->files.insert(path, bytes);
        return m_disk->failure;
    }
    [[nodiscard]] std::optional<StoreError> remove(const QString &path) override
    {
        const auto lock = begin(u"remove", path);
        if (!m_disk->failure)
            m_disk->files.remove(path);
        return m_disk->failure;
    }
    [[nodiscard]] std::optional<StoreError> putAside(const QString &path) override
    {
        const auto lock = begin(u"put aside", path);
        m_disk->files.remove(path);
        m_disk->aside.append(path);
        return {};
    }

private:
    [[nodiscard]] std::unique_ptr<QMutexLocker<QMutex>> begin(QStringView call, const QString &path)
    {
        bool isSlow = false;
        {
            const QMutexLocker lock(&m_disk->mutex);
            isSlow = path == m_disk->slowPath;
        }
        if (isSlow)
            m_disk->gate.acquire();
        auto lock = std::make_unique<QMutexLocker<QMutex>>(&m_disk->mutex);
        m_disk->calls.append(call.toString() + u' ' + path);
        return lock;
    }

    std::shared_ptr<FakeDisk> m_disk;
};

} // namespace latchkey::test
