// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/doctorjson.h"

#include "agent/jsonvalues.h"
#include "session/words/mood.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr std::chrono::seconds tolerableOffset{60};

QString scriptName(VaultReport::State state)
{
    switch (state) {
    case VaultReport::State::Unlocked:
        return u"unlocked"_s;
    case VaultReport::State::Locked:
        return u"locked"_s;
    case VaultReport::State::Absent:
        return u"absent"_s;
    case VaultReport::State::Elsewhere:
        return u"elsewhere"_s;
    }
    Q_UNREACHABLE();
}

QString scriptName(TlsConnection::Trust trust)
{
    switch (trust) {
    case TlsConnection::Trust::No:
        return u"no"_s;
    case TlsConnection::Trust::System:
        return u"system"_s;
    case TlsConnection::Trust::Pinned:
        return u"pinned"_s;
    }
    Q_UNREACHABLE();
}

QString backendOf(const VaultReport &report)
{
    if (!report.keychain)
        return {};
    const QString name = nameOf(*report.keychain);
    const bool isNamed = *report.keychain == Keychain::SecretService && !report.program.isEmpty();
    return isNamed ? u"%1 (%2)"_s.arg(name, report.program) : name;
}

QJsonValue roundTripFrom(const VaultReport &report)
{
    if (!report.roundTrip)
        return QJsonValue::Null;
    return QJsonObject{{u"ok"_s, report.roundTrip->isSame},
        {u"bytes"_s, qint64(report.roundTrip->bytes)},
        {u"milliseconds"_s, qint64(report.roundTrip->duration.count())}};
}

QJsonValue tlsFrom(const std::optional<TlsConnection> &tls)
{
    if (!tls)
        return QJsonValue::Null;
    return QJsonObject{{u"protocol"_s, textFrom(tls->protocol)},
        {u"trusted"_s, scriptName(tls->trust)},
        {u"sha256"_s, tls->certificate.fingerprint.toText()},
        {u"validUntil"_s, textFrom(tls->certificate.validUntil.toUTC().toString(Qt::ISODate))}};
}

//! By the clock that was just read, or else by the one that the session knows.
std::optional<std::chrono::seconds> offsetOf(
    const SessionSnapshot &session, const ApplianceReport &appliance)
{
    return appliance.clockOffset ? appliance.clockOffset : session.clockOffset;
}

} // namespace

Sentence problemOf(const VaultReport &report)
{
    return report.problem ? sentenceFor(authErrorFrom(*report.problem)) : Sentence();
}

Sentence problemOf(const SessionSnapshot &session, const ApplianceReport &appliance)
{
    if (const auto trouble = troubleWith(session, appliance))
        return *trouble;
    if (const Sentence trouble = troubleOf(session); !trouble.english.isEmpty())
        return trouble;
    if (session.storeError)
        return sentenceFor(authErrorFrom(*session.storeError));
    const auto offset = offsetOf(session, appliance);
    const bool isApart = offset && std::chrono::abs(*offset) > tolerableOffset;
    return isApart ? sentenceForClocks() : Sentence();
}

QJsonObject jsonFrom(const VaultReport &report)
{
    const QString problem = problemOf(report).english;
    return {{u"backend"_s, textFrom(backendOf(report))}, {u"state"_s, scriptName(report.state)},
        {u"roundTrip"_s, roundTripFrom(report)}, {u"problem"_s, textFrom(problem)}};
}

QJsonObject memoryOnlyJson()
{
    return {{u"backend"_s, u"memory"_s}, {u"state"_s, u"unlocked"_s},
        {u"roundTrip"_s, QJsonValue::Null}, {u"problem"_s, QJsonValue::Null}};
}

std::optional<Sentence> troubleWith(
    const SessionSnapshot &session, const ApplianceReport &appliance)
{
    if (appliance.tls && appliance.tls->trust == TlsConnection::Trust::No)
        return sentenceForUntrusted(session);
    if (appliance.problem)
        return sentenceFor(*appliance.problem);
    return {};
}

QJsonObject jsonFrom(const SessionSnapshot &session, const ApplianceReport &appliance)
{
    const QString problem = problemOf(session, appliance).english;
    return {{u"name"_s, session.account.name},
        {u"server"_s, session.account.server.toString(QUrl::FullyEncoded)},
        {u"reachable"_s, appliance.isReachable}, {u"problem"_s, textFrom(problem)},
        {u"tls"_s, tlsFrom(appliance.tls)},
        {u"clockOffset"_s, spanFrom(offsetOf(session, appliance))},
        {u"persisted"_s, session.isPersisted}};
}

} // namespace latchkey
