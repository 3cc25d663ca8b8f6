// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validityline.h"

#include "session/sessionsnapshot.h"

#include <algorithm>
#include <cmath>

namespace latchkey::ui {

namespace {

//! Goes through a history from its beginning, one entry after the other.
class Reader {
public:
    explicit Reader(const SessionSnapshot &snapshot)
        : m_now(snapshot.takenAt)
    {
        if (snapshot.grantedAt && snapshot.accessEnd)
            m_life = *snapshot.accessEnd - *snapshot.grantedAt;
    }

    //! \a entry held until \a end.
    void read(const SessionHistory::Entry &entry, WallTime end)
    {
        follow(entry);
        if (m_goodUntil)
            add(line.good, entry.at, std::min(end, *m_goodUntil));
        if (m_isOut)
            add(line.outages, entry.at, end);
        if (entry.cause == Cause::FellAsleep)
            add(line.sleeps, entry.at, end);
        m_before = entry.phase;
    }

    void add(QList<ValidityLine::Stretch> &stretches, WallTime from, WallTime to) const
    {
        const ValidityLine::Stretch next{placeOf(from), placeOf(to)};
        if (next.from >= next.to)
            return;
        if (!stretches.isEmpty() && stretches.last().to >= next.from)
            stretches.last().to = std::max(stretches.last().to, next.to);
        else
            stretches.append(next);
    }
    [[nodiscard]] double placeOf(WallTime at) const { return ValidityLine::placeOf(at - m_now); }
    [[nodiscard]] bool isOut() const { return m_isOut; }

    ValidityLine line;

private:
    void follow(const SessionHistory::Entry &entry)
    {
        switch (entry.phase) {
        case Phase::Active:
            if (m_before == Phase::Refreshing && entry.at > m_now - ValidityLine::reach)
                line.renewals.append(placeOf(entry.at));
            m_goodUntil = entry.at + m_life;
            m_isOut = false;
            return;
        case Phase::Waiting:
        case Phase::TrustNeeded:
            m_isOut = m_goodUntil.has_value(); // else nobody was signed in
            return;
        case Phase::SignedOut:
            m_goodUntil.reset();
            m_isOut = false;
            return;
        case Phase::Restoring:
        case Phase::SigningIn:
        case Phase::CodeNeeded:
            m_isOut = false;
            return;
        case Phase::Refreshing: // an attempt, which ends an outage only if it succeeds
            return;
        }
    }

    WallTime m_now;
    Milliseconds m_life = ValidityLine::reach;
    Phase::Value m_before = Phase::SignedOut;
    std::optional<WallTime> m_goodUntil;
    bool m_isOut = false;
};

} // namespace

double ValidityLine::placeOf(Milliseconds fromNow)
{
    const double share = std::chrono::duration<double>(std::chrono::abs(fromNow)) / reach;
    const double distance = std::sqrt(std::min(share, 1.0)) / 2;
    return fromNow < Milliseconds::zero() ? 0.5 - distance : 0.5 + distance;
}

ValidityLine ValidityLine::of(const SessionSnapshot &snapshot)
{
    Reader reader(snapshot);
    const auto &entries = snapshot.history;
    const WallTime known = snapshot.grantedAt.value_or(snapshot.takenAt);
    for (qsizetype i = 0; i < entries.size(); ++i)
        reader.read(entries[i], i + 1 < entries.size() ? entries[i + 1].at : snapshot.takenAt);
    ValidityLine &line = reader.line;
    if (!snapshot.accessEnd)
        return line;
    // Of the present token, the snapshot knows better than the history.
    const double begin = reader.placeOf(known);
    line.good.removeIf([begin](const Stretch &stretch) { return stretch.from >= begin; });
    if (!line.good.isEmpty())
        line.good.last().to = std::min(line.good.last().to, begin);
    reader.add(line.good, known, *snapshot.accessEnd);
    if (snapshot.nextRefreshAt)
        line.nextRefresh = reader.placeOf(*snapshot.nextRefreshAt);
    if (snapshot.refreshEnd && *snapshot.refreshEnd < snapshot.takenAt + reach)
        line.signInEnd = reader.placeOf(*snapshot.refreshEnd);
    const Stretch rest{reader.placeOf(std::max(*snapshot.accessEnd, snapshot.takenAt)),
        line.signInEnd.value_or(1)};
    if (snapshot.hasRefreshToken && !reader.isOut() && rest.from < rest.to)
        line.foreseen = rest;
    line.isForeseenWhole = snapshot.refreshEnd.has_value();
    return line;
}

bool ValidityLine::isEmpty() const
{
    return good.isEmpty() && outages.isEmpty();
}

} // namespace latchkey::ui
