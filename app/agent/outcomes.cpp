// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/outcomes.h"

#include "agent/sessionjson.h"
#include "session/sentences.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! The word for a refusal or a failure. Only what a new sign-in can mend asks for one.
Refusal wordFor(const AuthError &error)
{
    switch (error.kind) {
    case AuthError::Kind::Rejected:
    case AuthError::Kind::Expired:
    case AuthError::Kind::StoreKeyMissing:
    case AuthError::Kind::StoreDamaged:
        return Refusal::SignInNeeded;
    case AuthError::Kind::CodeRejected:
        return Refusal::CodeNeeded;
    case AuthError::Kind::StoreLocked:
    case AuthError::Kind::StoreDenied:
    case AuthError::Kind::StoreElsewhere:
        return Refusal::Denied;
    case AuthError::Kind::StoreUnavailable:
    case AuthError::Kind::StoreSlow:
    case AuthError::Kind::StoreDiskFull:
    case AuthError::Kind::StoreNotWritable:
        return Refusal::Failed;
    case AuthError::Kind::Offline:
    case AuthError::Kind::Timeout:
    case AuthError::Kind::ServerBusy:
    case AuthError::Kind::BadReply:
    case AuthError::Kind::TlsUntrusted:
    case AuthError::Kind::TlsTooOld:
    case AuthError::Kind::TlsRefused:
    case AuthError::Kind::PlainHttp:
    case AuthError::Kind::NotTls:
    case AuthError::Kind::ProxyUnreachable:
    case AuthError::Kind::ProxyRefused:
    case AuthError::Kind::ProxyUnusable:
        return Refusal::Unreachable;
    }
    Q_UNREACHABLE();
}

RpcError refusalFor(const AuthError &error)
{
    return {wordFor(error), sentenceFor(error).english, {}};
}

RpcError signInNeeded(const std::optional<AuthError> &reason)
{
    const QString sentence =
        reason ? sentenceFor(*reason).english : u"Nobody is signed in. Sign in first."_s;
    return {Refusal::SignInNeeded, sentence, {}};
}

RpcError codeNeeded(const Session &session)
{
    return {Refusal::CodeNeeded,
        u"A verification code is needed. Give it with: latchkeyctl code %1 CODE"_s.arg(
            session.account().name),
        {}};
}

RpcAnswer withNotice(const Session &session, const QString &notice)
{
    QJsonObject json = jsonFrom(session.snapshot());
    if (!notice.isEmpty())
        json.insert(u"notice"_s, notice);
    return QJsonValue(json);
}

RpcAnswer succeeded(const Session &session)
{
    if (const auto error = session.keepingError())
        return withNotice(session, sentenceForUnkept(*error).english);
    if (session.isBeingKept())
        return withNotice(session, sentenceForSlowDisk().english);
    return withNotice(session, {});
}

} // namespace

std::optional<RpcAnswer> settled(const Session &session)
{
    if (session.phase() == Phase::Active)
        return session.isBeingKept() ? std::nullopt : std::optional(succeeded(session));
    // Right after the act the reason is its outcome; later it is history.
    const auto reason = reasonOf(session.state());
    const bool isQuestion = session.phase() == Phase::TrustNeeded;
    if (reason && !isQuestion && session.phase() != Phase::Restoring)
        return RpcAnswer(refusalFor(*reason));
    if (const auto error = obstacle(session))
        return RpcAnswer(*error);
    return {};
}

RpcAnswer settledLate(const Session &session)
{
    return session.phase() == Phase::Active ? succeeded(session) : RpcAnswer(tooLate(session));
}

std::optional<RpcAnswer> signedOut(const Session &session)
{
    if (session.isLeaving() && !(session.keepingError() && !session.isLoggingOut()))
        return {};
    return signedOutLate(session);
}

RpcAnswer signedOutLate(const Session &session)
{
    if (session.isLoggingOut() || session.isFarewellUnheard())
        return withNotice(session, sentenceForUnheardSignOut().english);
    if (session.isLeaving())
        return withNotice(session, sentenceForUnforgotten().english);
    return withNotice(session, {});
}

std::optional<RpcAnswer> saved(const Session &session)
{
    if ((session.isAccountSaved() && !session.isSealBehind()) || session.isProvisional())
        return withNotice(session, {});
    return session.keepingError() ? std::optional(savedLate(session)) : std::nullopt;
}

RpcAnswer savedLate(const Session &session)
{
    const auto error = session.keepingError();
    const auto reason = error ? authErrorFrom(*error) : reasonOf(session.state());
    if (!reason || (!error && session.phase() != Phase::Restoring))
        return RpcError{Refusal::Failed, sentenceForSlowDisk().english, {}};
    return RpcError{Refusal::Failed,
        u"This holds until Latchkey ends: it could not be saved. %1"_s.arg(
            sentenceFor(*reason).english),
        {}};
}

std::optional<RpcError> obstacle(const Session &session)
{
    switch (session.phase()) {
    case Phase::SignedOut:
        return signInNeeded(reasonOf(session.state()));
    case Phase::CodeNeeded:
        return codeNeeded(session);
    case Phase::TrustNeeded:
        return trustNeeded(session);
    case Phase::Restoring:
    case Phase::SigningIn:
    case Phase::Active:
    case Phase::Refreshing:
    case Phase::Waiting:
        return {};
    }
    Q_UNREACHABLE();
}

RpcError tooLate(const Session &session)
{
    const auto reason = reasonOf(session.state());
    if (reason)
        return refusalFor(*reason);
    if (session.phase() == Phase::Restoring) {
        return {Refusal::Failed,
            u"The keychain has not answered yet. See whether it asks for something."_s, {}};
    }
    return unreachable({AuthError::Kind::Timeout, 0, {}, {}});
}

RpcError unreachable(const AuthError &error)
{
    return {Refusal::Unreachable, sentenceFor(error).english, {}};
}

RpcError trustNeeded(const Session &session)
{
    const SessionSnapshot snapshot = session.snapshot();
    const QString pinned = snapshot.account.pin.toText();
    const QString sentence = sentenceForCertificate(!pinned.isEmpty()).english;
    const QString seen =
        snapshot.certificate ? snapshot.certificate->fingerprint.toText() : QString();
    return {Refusal::TrustNeeded, sentence,
        {{u"sha256"_s, seen},
            {u"pinned"_s, pinned.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(pinned)}}};
}

RpcError sessionGone()
{
    return {Refusal::NoSession, u"The session was forgotten meanwhile."_s, {}};
}

RpcError noSession(const QString &name)
{
    return {Refusal::NoSession,
        u"There is no session of the name %1. See them with: latchkeyctl list"_s.arg(name), {}};
}

} // namespace latchkey
