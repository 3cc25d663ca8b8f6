// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/endwarnings.h"

#include <QSettings>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr std::array<Milliseconds, 4> moments{15min, 2h, 24h, 72h};
//! Ends that differ by less are the same one, measured twice.
constexpr Milliseconds tolerance = 1min;

//! The last moment that has come when so much is left; the greatest number before the first.
Milliseconds lastBefore(Milliseconds left)
{
    const auto last = std::ranges::lower_bound(moments, left);
    return last == moments.end() ? Milliseconds::max() : *last;
}

QString keyOf(const QString &session)
{
    return u"signInEnds/"_s + session;
}

} // namespace

bool EndWarnings::isDue(const QString &session, WallTime end, Milliseconds left)
{
    const QVariantList known = m_settings.value(keyOf(session)).toList();
    const WallTime knownEnd(Milliseconds(known.value(0).toLongLong()));
    const bool isKnown = known.size() == 2 && std::chrono::abs(knownEnd - end) < tolerance;
    const Milliseconds last = lastBefore(left);
    if (isKnown && last >= Milliseconds(known[1].toLongLong()))
        return false;
    const qint64 milliseconds = end.time_since_epoch().count();
    m_settings.setValue(keyOf(session), QVariantList{milliseconds, qint64(last.count())});
    return isKnown && left > Milliseconds::zero();
}

void EndWarnings::forget(const QString &session)
{
    m_settings.remove(keyOf(session));
}

std::optional<Milliseconds> EndWarnings::untilNext(Milliseconds left)
{
    const auto next = std::ranges::lower_bound(moments, left);
    return next == moments.begin() ? std::nullopt : std::optional(left - *std::prev(next));
}

} // namespace latchkey::ui
