// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace latchkey {

//! Port that tells whether the desktop has a tray now. One may come late, as at the start of a
//! desktop session, and may go and come again.
class TrayHost : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] bool isThere() const { return m_isThere; }

Q_SIGNALS:
    void changed(bool isThere);

protected:
    void set(bool isThere)
    {
        if (std::exchange(m_isThere, isThere) != isThere)
            Q_EMIT changed(isThere);
    }

private:
    bool m_isThere = false;
};

//! \a windowSystem is Qt's name for it, such as `xcb` or `wayland`. What is known only after
//! asking around follows from the event loop.
[[nodiscard]] std::unique_ptr<TrayHost> makeTrayHost(const QString &windowSystem);

} // namespace latchkey
