// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Tells whether the user's screen is locked: by what logind says of the user's session, and by
//! what the desktop's screen saver says. Unlocked where neither is there, as on a server.
class ScreenLock : public QObject {
    Q_OBJECT
public:
    explicit ScreenLock(QObject *parent = nullptr);
    ~ScreenLock() override;

Q_SIGNALS:
    //! Also soon after the start, when it is locked already.
    void changed(bool isLocked);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
