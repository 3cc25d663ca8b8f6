// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/sessionjson.h"

#include "agent/jsonvalues.h"
#include "session/words/mood.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace latchkey {

namespace {

qint64 secondsLeft(Milliseconds span)
{
    return std::max<qint64>(0, std::chrono::floor<seconds>(span).count());
}

QJsonValue reasonFrom(
    const AuthError &reason, const Sentence &sentence, const std::optional<WallTime> &at)
{
    return QJsonObject{{u"kind"_s, reason.name()}, {u"text"_s, sentence.english},
        {u"httpStatus"_s, numberFrom(reason.httpStatus)}, {u"at"_s, timeFrom(at)}};
}

QJsonValue reasonFrom(const std::optional<AuthError> &reason, const std::optional<WallTime> &at)
{
    return reason ? reasonFrom(*reason, sentenceFor(*reason), at) : QJsonValue::Null;
}

//! The session's own reason; without one, why the vault does not keep it.
QJsonValue reasonFrom(const SessionSnapshot &s)
{
    if (!s.reason && s.storeError)
        return reasonFrom(authErrorFrom(*s.storeError), s.storeErrorAt);
    return s.reason ? reasonFrom(*s.reason, troubleOf(s), s.reasonAt) : QJsonValue::Null;
}

QJsonObject applianceFrom(const SessionSnapshot &s)
{
    return {{u"issuedAt"_s, timeFrom(s.issued)}, {u"expiresAt"_s, timeFrom(s.expires)}};
}

QJsonValue accessFrom(const SessionSnapshot &s)
{
    if (!s.accessEnd)
        return QJsonValue::Null;
    return QJsonObject{{u"expiresAt"_s, timeFrom(s.accessEnd)},
        {u"expiresIn"_s, secondsLeft(*s.accessEnd - s.takenAt)}};
}

QJsonValue refreshFrom(const SessionSnapshot &s)
{
    if (!s.hasRefreshToken)
        return QJsonValue::Null;
    return QJsonObject{{u"expiresAt"_s, timeFrom(s.refreshEnd)}};
}

QJsonObject eventFrom(const SessionHistory::Entry &entry)
{
    const QUuid request = entry.trace.requestId;
    return {{u"at"_s, timeFrom(entry.at)}, {u"state"_s, scriptName(entry.phase)},
        {u"cause"_s, scriptName(entry.cause)}, {u"reason"_s, reasonFrom(entry.reason(), entry.at)},
        {u"httpStatus"_s, numberFrom(entry.httpStatus)}, {u"words"_s, textFrom(entry.trace.words)},
        {u"requestId"_s, textFrom(request.isNull() ? QString() : request.toString(QUuid::Id128))},
        {u"applianceTime"_s, timeFrom(entry.trace.applianceTime)}};
}

QJsonValue certificateFrom(const SessionSnapshot &s)
{
    if (!s.certificate)
        return QJsonValue::Null;
    return QJsonObject{{u"sha256"_s, s.certificate->fingerprint.toText()},
        {u"pinned"_s, textFrom(s.account.pin.toText())}};
}

//! Nothing if the kind is not what it was when somebody signed in.
QJsonValue tokenPathsFrom(const std::optional<Kind> &kind, const TokenSet &tokens)
{
    const bool isSame = kind && kind->digest == tokens.context.kindDigest;
    return isSame ? QJsonArray::fromStringList(kind->tokenPaths()) : QJsonValue(QJsonValue::Null);
}

//! Percent-encoded, as programs send it; people read it decoded.
QString addressOf(const Account &account)
{
    return account.server.toString(QUrl::FullyEncoded);
}

} // namespace

QJsonObject jsonFrom(const SessionSnapshot &s)
{
    const Identity identity = s.identity.value_or(Identity());
    return {{u"name"_s, s.account.name}, {u"server"_s, addressOf(s.account)},
        {u"kind"_s, s.account.kind}, {u"user"_s, s.account.user}, {u"state"_s, scriptName(s.phase)},
        {u"mood"_s, scriptName(moodOf(s))}, {u"headline"_s, headlineOf(s).english},
        {u"reason"_s, reasonFrom(s)}, {u"role"_s, textFrom(identity.role)},
        {u"userType"_s, textFrom(identity.userType)}, {u"userId"_s, textFrom(identity.userId)},
        {u"mfa"_s, s.identity ? QJsonValue(identity.secondFactor) : QJsonValue(QJsonValue::Null)},
        {u"shortLived"_s, s.identity ? identity.shortLived : s.account.shortLived},
        {u"latestNewsShown"_s,
            identity.latestNewsShown ? QJsonValue(*identity.latestNewsShown)
                                     : QJsonValue(QJsonValue::Null)},
        {u"tokenType"_s, textFrom(s.tokenType)}, {u"appliance"_s, applianceFrom(s)},
        {u"access"_s, accessFrom(s)}, {u"refresh"_s, refreshFrom(s)},
        {u"nextRefreshAt"_s, timeFrom(s.nextRefreshAt)},
        {u"clockOffset"_s, spanFrom(s.clockOffset)}, {u"persisted"_s, s.isPersisted},
        {u"policy"_s, scriptName(s.account.policy)}, {u"pin"_s, textFrom(s.account.pin.toText())},
        {u"certificate"_s, certificateFrom(s)}};
}

QJsonObject jsonWithHistoryFrom(const SessionSnapshot &s)
{
    QJsonArray history;
    for (const SessionHistory::Entry &entry : s.history)
        history.append(eventFrom(entry));
    QJsonObject json = jsonFrom(s);
    json.insert(u"history"_s, history);
    return json;
}

QJsonObject handOut(const TokenSet &tokens, const Account &account, const std::optional<Kind> &kind,
    const Instant &now, const std::optional<QString> &proxy)
{
    QJsonObject json{{u"accessToken"_s, tokens.accessToken.toString()},
        {u"tokenType"_s, tokens.tokenType},
        {u"expiresAt"_s, timeFrom(onTheWall(tokens.accessEnd, now))},
        {u"expiresIn"_s, secondsLeft(remaining(tokens.accessEnd, now))},
        {u"server"_s, addressOf(account)}, {u"user"_s, account.user},
        {u"pin"_s, textFrom(account.pin.toText())}, {u"kind"_s, account.kind},
        {u"tokenPaths"_s, tokenPathsFrom(kind, tokens)}};
    if (proxy)
        json.insert(u"proxy"_s, textFrom(*proxy));
    return json;
}

} // namespace latchkey
