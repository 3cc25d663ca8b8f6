// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionmodel.h"

namespace latchkey {

//! Waits until nothing is under way that would be lost if the program ended, but only for so
//! long. Exactly one done() follows start(), from the event loop.
class Drain : public QObject {
    Q_OBJECT
public:
    Drain(const SessionModel &sessions, DeadlineQueue &deadlines, QObject *parent = nullptr);

    void start(Milliseconds patience);
    void cancel() { m_look.set({}); }

Q_SIGNALS:
    void done();

private:
    void look();

    const SessionModel &m_sessions;
    DeadlineQueue &m_deadlines;
    Deadline m_look;
    Instant m_end;
};

} // namespace latchkey
