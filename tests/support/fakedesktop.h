// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/notifications.h"
#include "platform/trayhost.h"

#include <QMap>

namespace latchkey::test {

//! Shows notices to the test.
class FakeNotifications final : public Notifications {
public:
    void show(const QString &subject, const Notice &notice) override
    {
        ++count;
        if (isThere)
            shown.insert(subject, notice);
        else
            Q_EMIT failed(subject, notice);
    }
    void close(const QString &subject) override { shown.remove(subject); }

    //! What can be read now, by its title.
    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        for (const Notice &notice : shown)
            titles.append(notice.title);
        return titles;
    }

    bool isThere = true;
    int count = 0;
    QMap<QString, Notice> shown;
};

//! A tray that comes and goes as the test wants.
class FakeTrayHost final : public TrayHost {
public:
    explicit FakeTrayHost(bool isThere) { set(isThere); }
    using TrayHost::set;
};

} // namespace latchkey::test
