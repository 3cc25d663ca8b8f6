// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionmodel.h"

namespace latchkey {

//! Waits until no work is under way that would be lost if the program ended, but no longer than the
//! given time. Exactly one done() follows start(), from the event loop, unless cancel() comes
//! first.
class Drain : public QObject {
    Q_OBJECT
public:
    Drain(const SessionModel &sessions, DeadlineQueue &deadlines, QObject *parent = nullptr);

    void start(Milliseconds patience);
    void cancel() { m_end.set({}); }

Q_SIGNALS:
    void done();

private:
    void look();

    const SessionModel &m_sessions;
    DeadlineQueue &m_deadlines;
    //! Set while the drain waits.
    Deadline m_end;
};

} // namespace latchkey
