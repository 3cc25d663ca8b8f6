// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/report.h"
#include "agent/rpc.h"
#include "base/clock.h"
#include "session/account.h"
#include "wire/oauth/kindsearch.h"

namespace latchkey {

// What a program is told that does not get what it asked for: a reason for the program, and a
// sentence for people, in English only, because no window shows it. Sentences that windows show too
// are in session/words/sentences.h, and outcomes.h makes refusals of those.

// The line, the method and its parameters.
[[nodiscard]] RpcError notJson();
[[nodiscard]] RpcError notJsonRpc();
[[nodiscard]] RpcError parametersWithoutNames();
[[nodiscard]] RpcError unknownMethod(const QString &method);
//! The sentence is `"KEY" must be WANTED.`
[[nodiscard]] RpcError wrongParameter(const QString &key, const QString &wanted);
[[nodiscard]] RpcError wrongCode();
[[nodiscard]] RpcError wrongFingerprint();
[[nodiscard]] RpcError wrongAccount(AccountProblem problem);

// The kind of the appliance.
//! Does not repeat what was given, which may be anything.
[[nodiscard]] RpcError unknownKind(const QList<Kind> &known);
//! None fits what answers at \a server, or several do.
[[nodiscard]] RpcError noSingleKind(
    const QUrl &server, const QList<KindSearch::Candidate> &candidates);
[[nodiscard]] RpcError searchTimedOut();
[[nodiscard]] RpcError noClients(const Kind &kind);
[[nodiscard]] RpcError noShortLived(const Kind &kind);
[[nodiscard]] RpcError tooManySearches();

// The session.
[[nodiscard]] RpcError noSession(const QString &name);
[[nodiscard]] RpcError sessionGone();
[[nodiscard]] RpcError nobodySignedIn();
[[nodiscard]] RpcError codeNeeded(const QString &session);
[[nodiscard]] RpcError signInReplaced();
[[nodiscard]] RpcError signInGivenUp();
[[nodiscard]] RpcError noCodeAskedFor();
[[nodiscard]] RpcError noCertificateInQuestion();
[[nodiscard]] RpcError nothingToRenewWith();
[[nodiscard]] RpcError renewedTooOften(Milliseconds wait);
//! The appliance's tokens live no longer than \a life.
[[nodiscard]] RpcError tooShortLived(Milliseconds life);
//! Just renewed, it ends sooner than is wanted, or none lives longer and the best one will do.
[[nodiscard]] RpcError endsTooSoon();
//! \a why is a whole sentence, and comes last.
[[nodiscard]] RpcError notSaved(const QString &why);

// The program, and who decides about it.
[[nodiscard]] RpcError secretInReport(const Leak &leak);
[[nodiscard]] RpcError tooManyCalls();
[[nodiscard]] RpcError notItsChild();
[[nodiscard]] RpcError holdsNoToken();
[[nodiscard]] RpcError noWindows(const QString &program);
[[nodiscard]] RpcError screenLocked();
[[nodiscard]] RpcError keptFromPrograms();
//! A person has blocked it. Has the member `blocked`.
[[nodiscard]] RpcError blockedProgram();
[[nodiscard]] RpcError tooManyBlocked();
[[nodiscard]] RpcError isolatedProgram();
[[nodiscard]] RpcError unseenProgram();
[[nodiscard]] RpcError nobodyToAsk(const QString &session);
//! A person said no, or nothing by the deadline: to a token, or to something else.
[[nodiscard]] RpcError notAllowed(bool isToken);
[[nodiscard]] RpcError notAnswered(bool isToken);
[[nodiscard]] RpcError tooManyQuestions();
[[nodiscard]] RpcError onlyInTheWindow();
[[nodiscard]] RpcError looserPolicy();
//! For a watcher that is about to be cut off.
[[nodiscard]] RpcError missedSomething();

} // namespace latchkey
