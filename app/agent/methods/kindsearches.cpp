// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/kindsearches.h"

#include "agent/outcomes.h"
#include "agent/refusals.h"

namespace latchkey {

KindSearches::KindSearches(KindSearchFactory makeSearch, DeadlineQueue &deadlines)
    : m_makeSearch(std::move(makeSearch))
    , m_deadlines(deadlines)
{
}

void KindSearches::find(const QUrl &server, const Fingerprint &pin, const Instant &deadline,
    const MethodCall::Caller &caller, const Found &done)
{
    const Holder holder = Holder::of(caller.program());
    if (m_running->value(holder) >= most)
        return done(tooManySearches());
    KindSearch *search = m_makeSearch(pin).release();
    search->setParent(caller.owner); // which may leave before the end
    ++(*m_running)[holder];
    QObject::connect(search, &QObject::destroyed, search, [running = m_running, holder] {
        if (--(*running)[holder] == 0)
            running->remove(holder);
    });
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
    search->start(server);
}

} // namespace latchkey
