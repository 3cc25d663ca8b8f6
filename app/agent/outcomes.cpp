// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/outcomes.h"

#include "agent/refusals.h"
#include "agent/sessionjson.h"
#include "session/words/mood.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! The reason that programs go by. It is SignInNeeded only where a new sign-in would help.
Refusal wordFor(const AuthError &error)
{
    switch (error.type) {
    case AuthError::Type::Rejected:
    case AuthError::Type::ClientRejected:
    case AuthError::Type::Expired:
    case AuthError::Type::Unproven:
    case AuthError::Type::StoreKeyMissing:
    case AuthError::Type::StoreDamaged:
        return Refusal::SignInNeeded;
    case AuthError::Type::CodeRejected:
        return Refusal::CodeNeeded;
    case AuthError::Type::StoreLocked:
    case AuthError::Type::StoreDenied:
    case AuthError::Type::StoreElsewhere:
        return Refusal::Denied;
    case AuthError::Type::StoreUnavailable:
    case AuthError::Type::StoreSlow:
    case AuthError::Type::StoreDiskFull:
    case AuthError::Type::StoreNotWritable:
    case AuthError::Type::KindMissing:
    case AuthError::Type::KindChanged:
    case AuthError::Type::VersionRefused:
        return Refusal::Failed;
    case AuthError::Type::Offline:
    case AuthError::Type::Timeout:
    case AuthError::Type::ServerBusy:
    case AuthError::Type::BadReply:
    case AuthError::Type::TlsUntrusted:
    case AuthError::Type::TlsTooOld:
    case AuthError::Type::TlsRefused:
    case AuthError::Type::PlainHttp:
    case AuthError::Type::NotTls:
    case AuthError::Type::OtherUser:
    case AuthError::Type::ProxyUnreachable:
    case AuthError::Type::ProxyRefused:
    case AuthError::Type::ProxyUnusable:
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
    return reason ? RpcError{Refusal::SignInNeeded, sentenceFor(*reason).english, {}}
                  : nobodySignedIn();
}

RpcAnswer withNotice(const Session &session, const Sentence &notice)
{
    QJsonObject json = jsonFrom(session.snapshot());
    if (!notice.english.isEmpty())
        json.insert(u"notice"_s, notice.english);
    return QJsonValue(json);
}

RpcAnswer succeeded(const Session &session)
{
    if (const auto error = session.keepingError())
        return withNotice(session, sentenceForUnkept(*error));
    if (session.isBeingKept())
        return withNotice(session, sentenceForSlowDisk());
    return withNotice(session, {});
}

} // namespace

std::optional<RpcAnswer> settled(const Session &session)
{
    if (session.phase() == Phase::Active)
        return session.isBeingKept() ? std::nullopt : std::optional(succeeded(session));
    // This is asked right after the act, so the reason is the act's own and not an older one.
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
        return withNotice(session, sentenceForUnheardSignOut());
    if (session.isLeaving())
        return withNotice(session, sentenceForUnforgotten());
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
    return notSaved(sentenceFor(*reason).english);
}

std::optional<RpcError> obstacle(const Session &session)
{
    switch (session.phase()) {
    case Phase::SignedOut:
        return signInNeeded(reasonOf(session.state()));
    case Phase::CodeNeeded:
        return codeNeeded(session.account().name);
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
    if (session.phase() == Phase::Restoring)
        return refusalFor({AuthError::Type::StoreSlow, 0, {}, {}});
    return unreachable({AuthError::Type::Timeout, 0, {}, {}});
}

RpcError unreachable(const AuthError &error)
{
    return {Refusal::Unreachable, sentenceFor(error).english, {}};
}

RpcError trustNeeded(const Session &session)
{
    const SessionSnapshot snapshot = session.snapshot();
    // Under a new account, nobody has trusted the pin yet: it was named with the sign-in.
    const bool isNamed = session.isProvisional() && !snapshot.account.pin.isEmpty();
    const bool hasTrusted = !isNamed || snapshot.isPinFixed;
    const QString pinned = hasTrusted ? snapshot.account.pin.toText() : QString();
    const QString sentence =
        hasTrusted ? troubleOf(snapshot).english : sentenceForUnnamedCertificate().english;
    const QString seen =
        snapshot.certificate ? snapshot.certificate->fingerprint.toText() : QString();
    return {snapshot.isPinFixed ? Refusal::Denied : Refusal::TrustNeeded, sentence,
        {{u"sha256"_s, seen},
            {u"pinned"_s, pinned.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(pinned)}}};
}

} // namespace latchkey
