// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/kindsearches.h"

#include "agent/access/accessgate.h"
#include "agent/outcomes.h"
#include "agent/refusals.h"

#include <algorithm>

namespace latchkey {

KindSearches::KindSearches(KindSearchFactory makeSearch, DeadlineQueue &deadlines)
    : m_makeSearch(std::move(makeSearch))
    , m_deadlines(deadlines)
{
}

void KindSearches::find(const QUrl &server, const Fingerprint &pin, const Instant &deadline,
    const MethodCall::Caller &caller, const Found &done)
{
    const Program program = caller.program();
    if (const auto refusal = AccessGate::whyNotAlone(program))
        return done(*refusal);
    const Holder holder = Holder::of(program);
    if (m_lines->value(holder).size() >= mostWanted)
        return done(tooManySearches());
    KindSearch *search = m_makeSearch(pin).release();
    search->setParent(caller.owner); // which may leave before the end
    QList<Wanted> &line = (*m_lines)[holder];
    line.append({search, server});
    QObject::connect(search, &QObject::destroyed, search,
        [lines = m_lines, holder, search] { leave(*lines, holder, search); });
    auto *end = new Deadline(m_deadlines, search);
    QObject::connect(end, &Deadline::reached, search, [search, done] {
        search->deleteLater();
        QObject::disconnect(search, &KindSearch::finished, nullptr, nullptr);
        done(searchTimedOut());
    });
    QObject::connect(search, &KindSearch::finished, end, [search, end, done] {
        end->set({});
        search->deleteLater();
        if (const auto problem = search->problem())
            done(problem->type == AuthError::Type::Timeout ? searchTimedOut()
                                                           : unreachable(*problem));
        else
            done(search->candidates());
    });
    end->set(deadline);
    if (line.size() <= most)
        search->start(server);
}

//! The next in the line starts from the event loop, as all searches of a caller may be leaving.
void KindSearches::leave(Lines &lines, const Holder &holder, const KindSearch *search)
{
    QList<Wanted> &line = lines[holder];
    const auto place = std::ranges::find(line, search, &Wanted::search);
    const bool hasRun = place - line.begin() < most;
    line.erase(place);
    if (line.isEmpty())
        lines.remove(holder);
    else if (hasRun && line.size() >= most) {
        const Wanted next = line[most - 1];
        QMetaObject::invokeMethod(
            next.search, [next] { next.search->start(next.server); }, Qt::QueuedConnection);
    }
}

} // namespace latchkey
