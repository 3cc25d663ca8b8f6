// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/holder.h"
#include "agent/methods/methodcall.h"
#include "wire/oauth/kindsearch.h"

#include <QHash>

#include <functional>
#include <memory>

namespace latchkey {

//! Makes one for each search; \a pin is a certificate that is trusted beforehand.
using KindSearchFactory = std::function<std::unique_ptr<KindSearch>(const Fingerprint &pin)>;

//! Finds out for programs which kind of appliance answers somewhere. Only a few searches run at a
//! time, because each one asks at many ports.
class KindSearches {
public:
    //! At a time, for the programs of one holder, so that none keeps the others from searching.
    static constexpr qsizetype most = 8;
    //! With those that wait for their turn.
    static constexpr qsizetype mostWanted = 64;

    //! What fits, or why nothing is known.
    using Found = std::function<void(const Result<QList<KindSearch::Candidate>, RpcError> &found)>;

    KindSearches(KindSearchFactory makeSearch, DeadlineQueue &deadlines);

    //! Calls \a done once, at \a deadline at the latest, also while it waits for its turn; never
    //! once \a caller is gone. Nothing that answers is no error, but nobody who answers is. A
    //! program that may do nothing without a person's yes is refused: looking for the names of
    //! hosts alone, it could keep sessions from finding theirs.
    void find(const QUrl &server, const Fingerprint &pin, const Instant &deadline,
        const MethodCall::Caller &caller, const Found &done);

private:
    struct Wanted {
        KindSearch *search;
        QUrl server;
    };
    //! By holder, in the order in which they were wanted; the first few run.
    using Lines = QHash<Holder, QList<Wanted>>;

    static void leave(Lines &lines, const Holder &holder, const KindSearch *search);

    KindSearchFactory m_makeSearch;
    DeadlineQueue &m_deadlines;
    std::shared_ptr<Lines> m_lines = std::make_shared<Lines>();
};

} // namespace latchkey
