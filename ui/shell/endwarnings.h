// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QString>

#include <optional>

class QSettings;

namespace latchkey::ui {

//! When a person is warned of the end of a sign-in: 3 days, a day, 2 hours and 15 minutes before.
//! The settings remember what was said of which end, so that a restart repeats and forgets nothing.
class EndWarnings {
public:
    explicit EndWarnings(QSettings &settings)
        : m_settings(settings)
    {
    }

    //! One or more of these moments have come since the last call for this session and this end.
    //! Those that had passed when the end became known count for nothing.
    [[nodiscard]] bool isDue(const QString &session, WallTime end, Milliseconds left);
    void forget(const QString &session);

    //! How long it is until the next of these moments; nothing after the last one.
    [[nodiscard]] static std::optional<Milliseconds> untilNext(Milliseconds left);

private:
    QSettings &m_settings;
};

} // namespace latchkey::ui
