// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/refusals.h"

#include "agent/kindjson.h"
#include "protocol/input.h"
#include "session/words/sentences.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

RpcError usage(const QString &sentence)
{
    return {Refusal::Usage, sentence, {}};
}

RpcError failed(const QString &sentence)
{
    return {Refusal::Failed, sentence, {}};
}

RpcError denied(const QString &sentence)
{
    return {Refusal::Denied, sentence, {}};
}

QString textFrom(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString inSeconds(std::chrono::seconds span)
{
    return (span.count() == 1 ? u"%1 second"_s : u"%1 seconds"_s).arg(span.count());
}

QString deed(bool isToken)
{
    return isToken ? u"have the token"_s : u"do this"_s;
}

} // namespace

RpcError notJson()
{
    return usage(u"This line is not JSON. Send one JSON object a line."_s);
}

RpcError notJsonRpc()
{
    return usage(u"This is not a JSON-RPC 2.0 request."_s);
}

RpcError parametersWithoutNames()
{
    return usage(u"Give the parameters by name, as a JSON object."_s);
}

RpcError unknownMethod(const QString &method)
{
    constexpr qsizetype longest = 64;
    return failed(u"Latchkey has no method of the name %1. Is one of the two programs older?"_s.arg(
        method.left(longest)));
}

RpcError wrongParameter(const QString &key, const QString &wanted)
{
    return usage(u"\"%1\" must be %2."_s.arg(key, wanted));
}

RpcError wrongCode()
{
    return usage(textFrom(protocol::codeRule));
}

RpcError wrongFingerprint()
{
    return usage(textFrom(protocol::fingerprintRule));
}

RpcError wrongAccount(AccountProblem problem)
{
    const QString sentence = sentenceFor(problem).english;
    const bool isForbidden = problem == AccountProblem::ApplianceNotAllowed
        || problem == AccountProblem::KindNotAllowed || problem == AccountProblem::PinFixed
        || problem == AccountProblem::PolicyUnknown;
    if (isForbidden)
        return denied(sentence);
    return problem == AccountProblem::Busy ? failed(sentence) : usage(sentence);
}

RpcError unknownKind(const QList<Kind> &known)
{
    QStringList ids;
    for (const Kind &kind : known)
        ids.append(kind.id);
    ids.sort();
    return usage(
        u"Latchkey does not know this kind of appliance. It knows: %1."_s.arg(ids.join(u", "_s)));
}

RpcError noSingleKind(const QUrl &server, const QList<KindSearch::Candidate> &candidates)
{
    QStringList fitting;
    for (const KindSearch::Candidate &candidate : candidates) {
        fitting.append(u"%1 (%2) at %3"_s.arg(
            candidate.kind.id, candidate.kind.name, candidate.server.toString(QUrl::FullyEncoded)));
    }
    const QString sentence = fitting.isEmpty()
        ? u"What answers at %1 is no kind of appliance that Latchkey knows. Look at the address, "
          "or give the kind with --kind."_s.arg(server.toString(QUrl::FullyEncoded))
        : u"Several kinds of appliance fit: %1. Choose one with --kind, and --server."_s.arg(
              fitting.join(u"; "_s));
    return {Refusal::Usage, sentence, {{u"candidates"_s, jsonFrom(candidates)}}};
}

RpcError searchTimedOut()
{
    return {Refusal::Unreachable,
        u"The appliance did not answer in time, so its kind is not known. Try again, or give the "
        "kind with --kind."_s,
        {}};
}

RpcError noClients(const Kind &kind)
{
    return usage(u"%1 takes no client id and no client secret."_s.arg(kind.name));
}

RpcError noShortLived(const Kind &kind)
{
    return usage(u"%1 has no short-lived sessions."_s.arg(kind.name));
}

RpcError tooManySearches()
{
    return failed(u"Latchkey is looking at several appliances already. Try again in a moment, or "
                  "give the kind with --kind."_s);
}

RpcError noSession(const QString &name)
{
    return {Refusal::NoSession,
        u"There is no session of the name %1. See them with: latchkeyctl list"_s.arg(name), {}};
}

RpcError sessionGone()
{
    return {Refusal::NoSession, u"The session was forgotten meanwhile."_s, {}};
}

RpcError nobodySignedIn()
{
    return {Refusal::SignInNeeded, u"Nobody is signed in. Sign in first."_s, {}};
}

RpcError codeNeeded(const QString &session)
{
    return {Refusal::CodeNeeded,
        u"A verification code is needed. Give it with: latchkeyctl code %1 CODE"_s.arg(session),
        {}};
}

RpcError signInReplaced()
{
    return failed(u"Another sign-in has taken the place of this one."_s);
}

RpcError signInGivenUp()
{
    return failed(u"The sign-in was given up; the session goes on as it was before."_s);
}

RpcError noCodeAskedFor()
{
    return failed(u"No verification code is being asked for."_s);
}

RpcError noCertificateInQuestion()
{
    return failed(u"No certificate waits for a decision."_s);
}

RpcError nothingToRenewWith()
{
    return {Refusal::SignInNeeded,
        u"The appliance gave nothing to renew this session with. Sign in again."_s, {}};
}

RpcError renewedTooOften(Milliseconds wait)
{
    return failed(u"Programs have had this session renewed too often. Try again in %1."_s.arg(
        inSeconds(std::chrono::ceil<std::chrono::seconds>(wait))));
}

RpcError tooShortLived(Milliseconds life)
{
    return usage(u"The appliance's access tokens live for %1; ask for less."_s.arg(
        inSeconds(std::chrono::floor<std::chrono::seconds>(life))));
}

RpcError endsTooSoon()
{
    return {Refusal::Unreachable, u"The access token ends sooner than was asked for."_s, {}};
}

RpcError notSaved(const QString &why)
{
    return failed(u"This holds until Latchkey ends: it could not be saved. %1"_s.arg(why));
}

RpcError secretInReport(const Leak &leak)
{
    QString where;
    if (!leak.session.isEmpty())
        where = u" It would have been in what is told of the session %1."_s.arg(leak.session);
    else if (leak.place > 0)
        where =
            u" It is in the name of session number %1 of those that latchkeyctl list prints."_s.arg(
                leak.place);
    return failed(u"There is no report: a secret would have been in it, such as a token that is "
                  "part of a name.%1 Rename what holds it, or try again once no sign-in is "
                  "open."_s.arg(where));
}

RpcError tooManyCalls()
{
    return failed(u"Too many calls of this program wait already. Wait for their answers."_s);
}

RpcError notItsChild()
{
    return usage(u"A program can vouch for its own children only."_s);
}

RpcError holdsNoToken()
{
    return usage(u"You hold no token of this session."_s);
}

RpcError noWindows(const QString &program)
{
    return failed(u"%1 has no windows."_s.arg(program));
}

RpcError screenLocked()
{
    return denied(u"Latchkey is locked, as the screen is."_s);
}

RpcError keptFromPrograms()
{
    return denied(
        u"This session's tokens are kept from programs, as you said with: latchkeyctl policy"_s);
}

RpcError blockedProgram()
{
    RpcError error = denied(u"This program is blocked in Latchkey. A person can unblock it in its "
                            u"settings or, where it "
                            "has no windows, with: latchkeyctl programs --unblock"_s);
    error.more.insert(u"blocked"_s, true);
    return error;
}

RpcError tooManyBlocked()
{
    return failed(u"No more programs can be blocked. Unblock one first."_s);
}

RpcError isolatedProgram()
{
    return denied(u"This program runs in a container or sandbox of its own, so Latchkey cannot "
                  "know which it is, and refuses this. Call latchkeyctl outside, and hand a token "
                  "in."_s);
}

RpcError unseenProgram()
{
    return denied(u"Latchkey cannot see which program this is, and refuses this: it has ended, "
                  "hides itself, or lives in another container."_s);
}

RpcError nobodyToAsk(const QString &session)
{
    return denied(u"A person must allow this, and Latchkey runs without windows here. Change it "
                  "with: latchkeyctl policy %1 allow"_s.arg(session));
}

RpcError notAllowed(bool isToken)
{
    return denied(u"You did not allow this program to %1."_s.arg(deed(isToken)));
}

RpcError notAnswered(bool isToken)
{
    return denied(
        u"Nobody answered Latchkey's question whether this program may %1."_s.arg(deed(isToken)));
}

RpcError tooManyQuestions()
{
    return failed(u"Too many of programs' questions wait for a person already. Try again when they "
                  "are answered."_s);
}

RpcError onlyInTheWindow()
{
    return denied(u"Only a person may do this, in Latchkey's window."_s);
}

RpcError looserPolicy()
{
    return denied(u"Only a person may loosen this, in Latchkey's window."_s);
}

RpcError missedSomething()
{
    return failed(u"You did not read fast enough, and have missed something."_s);
}

} // namespace latchkey
