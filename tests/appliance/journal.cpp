// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "journal.h"

#include "http/form.h"
#include "http/httprequest.h"
#include "instant.h"

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t longestLog = 1000;

QJsonObject toJson(const QHash<QString, int> &counts)
{
    QJsonObject object;
    for (auto count = counts.begin(); count != counts.end(); ++count)
        object.insert(count.key(), *count);
    return object;
}

QJsonObject toJson(const QHash<QByteArray, QByteArray> &headers)
{
    QJsonObject object;
    for (auto header = headers.begin(); header != headers.end(); ++header)
        object.insert(QString::fromLatin1(header.key()), QString::fromLatin1(*header));
    return object;
}

int refusals(const QHash<QString, int> &byStatus)
{
    return byStatus.value(u"400"_s) + byStatus.value(u"401"_s);
}

} // namespace

void Journal::countCredentials(const HttpRequest &request)
{
    const Form form = request.fields();
    m_credentialBytes += request.bearer().size();
    for (const auto name : {"password"_L1, "refresh_token"_L1, "mfa_token"_L1, "mfa_code"_L1,
             "token"_L1, "client_secret"_L1})
        m_credentialBytes += form.value(name).toUtf8().size();
}

quint64 Journal::begin(const HttpRequest &request, const QString &grant, const QString &user)
{
    ++m_byGrant[grant];
    int &inFlight = ++m_inFlight[user];
    m_mostInFlight[user] = qMax(m_mostInFlight.value(user), inFlight);
    if (m_log.size() == longestLog)
        m_log.pop_front();
    m_log.push_back({{u"id"_s, static_cast<qint64>(++m_begun)}, {u"time"_s, toDotNet(now())},
        {u"method"_s, QString::fromLatin1(request.method)}, {u"grant"_s, grant}, {u"user"_s, user},
        {u"status"_s, 0}, {u"fault"_s, u"none"_s}, {u"isEnded"_s, false},
        {u"headers"_s, toJson(request.headers)}, {u"form"_s, request.fields().toJson()},
        {u"body"_s, QString::fromUtf8(request.body)}});
    return m_begun;
}

void Journal::setOutcome(quint64 id, int status, const QString &fault)
{
    ++m_byStatus[QString::number(status)];
    const quint64 age = m_begun - id;
    if (age >= m_log.size())
        return;
    QJsonObject &entry = *(m_log.rbegin() + static_cast<std::ptrdiff_t>(age));
    entry.insert("status"_L1, status);
    entry.insert("fault"_L1, fault);
}

void Journal::end(quint64 id, const QString &user)
{
    --m_inFlight[user];
    const quint64 age = m_begun - id;
    if (age < m_log.size())
        (m_log.rbegin() + static_cast<std::ptrdiff_t>(age))->insert("isEnded"_L1, true);
}

QJsonArray Journal::log() const
{
    QJsonArray array;
    for (const QJsonObject &entry : m_log)
        array.append(entry);
    return array;
}

QJsonObject Journal::counters() const
{
    return {{u"tokenRequests"_s, static_cast<qint64>(m_begun)},
        {u"requestsByGrant"_s, toJson(m_byGrant)}, {u"answersByStatus"_s, toJson(m_byStatus)},
        {u"refusals"_s, refusals(m_byStatus)}, {u"handshakes"_s, m_handshakes},
        {u"handshakeFailures"_s, m_handshakeFailures}, {u"credentialBytes"_s, m_credentialBytes},
        {u"resourceRequests"_s, m_resources}, {u"inFlight"_s, toJson(m_inFlight)},
        {u"maxConcurrent"_s, toJson(m_mostInFlight)}};
}

} // namespace latchkey::appliance
