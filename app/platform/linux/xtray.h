// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <cstdint>
#include <memory>
#include <optional>

struct xcb_connection_t;

namespace latchkey {

//! Whether there is a tray of the older kind, into which X11 programs put a window. Has its own
//! connection to the display: Qt can be asked for the tray, but does not tell when it comes or
//! goes, and once it was asked in vain, Qt 6.4 takes no tray of the newer kind any more.
//! https://specifications.freedesktop.org/systemtray-spec/latest/
class XTray final : public QObject {
    Q_OBJECT
public:
    explicit XTray(QObject *parent = nullptr);

    [[nodiscard]] bool isThere() const { return m_isThere; }

Q_SIGNALS:
    void changed();

private:
    struct Disconnect {
        void operator()(xcb_connection_t *display) const;
    };
    [[nodiscard]] std::uint32_t owner() const;
    [[nodiscard]] bool follow(std::uint32_t window) const;
    void look();
    void onReadable();

    std::unique_ptr<xcb_connection_t, Disconnect> m_display;
    std::optional<QSocketNotifier> m_notifier;
    std::uint32_t m_selection = 0;
    bool m_isThere = false;
};

} // namespace latchkey
