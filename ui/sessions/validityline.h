// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QList>

#include <optional>

namespace latchkey {
struct SessionSnapshot;
}

namespace latchkey::ui {

//! The last day and the next of a session as a line with now in its middle. Pure. Places on it are
//! shares of its length, from 0 to 1. What is near has more room than what is far: an hour is a
//! fifth of a half.
struct ValidityLine {
    struct Stretch {
        double from;
        double to;
        friend bool operator==(const Stretch &, const Stretch &) = default;
    };

    static constexpr std::chrono::hours reach{24};

    //! There was, or will be, a good access token. History does not tell when an earlier token
    //! ended, so each is taken to have lived as long as the present one.
    QList<Stretch> good;
    //! There will be one if renewals go on as they do.
    std::optional<Stretch> foreseen;
    //! It ends where a person has to sign in again, or goes on beyond the line. Otherwise nobody
    //! knows how far it reaches.
    bool isForeseenWhole = false;
    //! It could not be renewed, whether there was a good one or not.
    QList<Stretch> outages;
    QList<Stretch> sleeps;
    QList<double> renewals;
    std::optional<double> nextRefresh;
    //! When a person has to sign in again.
    std::optional<double> signInEnd;

    [[nodiscard]] static ValidityLine of(const SessionSnapshot &snapshot);
    //! Of what is \a fromNow away; what is beyond the line is at its end.
    [[nodiscard]] static double placeOf(Milliseconds fromNow);

    [[nodiscard]] bool isEmpty() const;
};

} // namespace latchkey::ui
