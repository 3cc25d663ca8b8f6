// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/patientstream.h"

namespace latchkey::ctl {

void PatientStream::close()
{
    ErrorCode ignored;
    m_state->socket.close(ignored);
    m_state->deadline = never();
}

void PatientStream::State::begin()
{
    deadline = std::chrono::steady_clock::now() + patience;
    if (deadline < wakesAt)
        wakeAt(deadline);
}

void PatientStream::State::wakeAt(TimePoint when)
{
    wakesAt = when;
    timer.expires_at(when);
    timer.async_wait([weak = weak_from_this()](const ErrorCode &error) {
        const auto state = weak.lock();
        if (state && !error)
            state->look();
    });
}

void PatientStream::State::look()
{
    wakesAt = never();
    if (deadline == never())
        return;
    if (std::chrono::steady_clock::now() < deadline)
        return wakeAt(deadline);
    isTimedOut = true;
    ErrorCode ignored;
    socket.close(ignored);
}

} // namespace latchkey::ctl
