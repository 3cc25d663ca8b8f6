// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kindsearch.h"

#include "wire/http/httpexchange.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! The paths that a check asks at, one for each version that stands in them.
QStringList pathsOf(const Kind::Check &check, const Kind &kind)
{
    if (!check.path.contains("{version}"_L1))
        return {check.path};
    QStringList paths;
    for (const QString &version : kind.versions.values)
        paths.append(Kind::filledIn(check.path, version));
    return paths;
}

bool looksLike(const HttpOutcome &answer, const Kind::Check &check)
{
    const QByteArray type = answer.contentType.split(';').first().trimmed().toLower();
    if (!check.statuses.contains(answer.status)
        || (!check.contentType.isEmpty() && type != check.contentType))
        return false;
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    const auto isThere = [&body](const QString &member) {
        return body.contains(member);
    };
    return std::ranges::all_of(check.has, isThere) && std::ranges::none_of(check.hasNot, isThere);
}

} // namespace

KindSearch::KindSearch(const Kinds &kinds, Network network, DeadlineQueue &deadlines,
    const Fingerprint &pin, QObject *parent)
    : QObject(parent)
    , m_kinds(kinds.all())
    , m_network(std::move(network))
    , m_deadlines(deadlines)
    , m_pin(pin)
    , m_end(deadlines)
{
    m_kinds.removeIf([](const Kind &kind) { return kind.recognition.isEmpty(); });
    connect(&m_end, &Deadline::reached, this, &KindSearch::conclude);
}

KindSearch::~KindSearch() = default;

void KindSearch::start(const QUrl &server)
{
    m_server = server;
    m_end.set(m_deadlines.now() + patience);
    std::set<Question> questions;
    for (const int port : ports()) {
        for (const Kind &kind : kindsAt(port)) {
            for (const Kind::Check &check : kind.recognition) {
                for (const QString &path : pathsOf(check, kind))
                    questions.insert({port, check.method, path});
            }
        }
    }
    for (const Question &question : questions)
        ask(question, m_pin);
}

QList<int> KindSearch::ports() const
{
    if (m_server.port() > 0 || isPlainHttp(m_server))
        return {m_server.port(httpPort)};
    QList<int> ports{httpsPort};
    for (const Kind &kind : m_kinds) {
        if (!ports.contains(kind.port))
            ports.append(kind.port);
    }
    return ports;
}

//! A port that nobody named is asked only for the kinds whose own it is; at 443 there may be a
//! proxy before any of them.
QList<Kind> KindSearch::kindsAt(int port) const
{
    if (m_server.port() > 0 || port == httpsPort || isPlainHttp(m_server))
        return m_kinds;
    QList<Kind> kinds = m_kinds;
    kinds.removeIf([port](const Kind &kind) { return kind.port != port; });
    return kinds;
}

//! A certificate that is not trusted is met by a second request, to which it is the only one.
void KindSearch::ask(const Question &question, const Fingerprint &pin)
{
    const auto &[port, method, path] = question;
    QUrl url = m_server;
    if (!isPlainHttp(url))
        url.setPort(port);
    url.setPath(url.path() + path);
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    if (method == "POST")
        request.setHeader(
            QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    auto exchange = std::make_unique<HttpExchange>(m_network, pin, m_deadlines);
    connect(exchange.get(), &HttpExchange::finished, this,
        [this, question](const HttpOutcome &outcome) { onAnswered(question, outcome); });
    HttpExchange *started = exchange.get();
    m_open[question] = std::move(exchange);
    started->start(request, method, {});
}

void KindSearch::onAnswered(const Question &question, const HttpOutcome &outcome)
{
    HttpExchange *exchange = m_open.extract(question).mapped().release();
    exchange->deleteLater();
    const int port = std::get<int>(question);
    if (const auto untrusted = exchange->untrusted(); untrusted && !m_untrusted.contains(port))
        m_untrusted.insert({port, *untrusted});
    const bool isFirst = exchange->pin() == m_pin;
    if (exchange->untrusted() && isFirst)
        return ask(question, m_untrusted.at(port).fingerprint);
    m_answers[question] = outcome;
    if (m_open.empty())
        conclude();
}

bool KindSearch::fits(const Kind &kind, int port) const
{
    return std::ranges::all_of(
        kind.recognition, [&](const Kind::Check &check) { return fits(check, kind, port); });
}

bool KindSearch::fits(const Kind::Check &check, const Kind &kind, int port) const
{
    const QStringList paths = pathsOf(check, kind);
    return std::ranges::any_of(paths, [&](const QString &path) {
        const auto answer = m_answers.find({port, check.method, path});
        return answer != m_answers.end() && looksLike(answer->second, check);
    });
}

//! Where the answers fit several kinds, the one whose own port it is wins.
QList<KindSearch::Candidate> KindSearch::candidatesAt(int port) const
{
    QList<Candidate> found;
    const auto untrusted = m_untrusted.find(port);
    for (const Kind &kind : kindsAt(port)) {
        if (!fits(kind, port))
            continue;
        QUrl server = m_server;
        if (server.port() < 0 && port != httpsPort && !isPlainHttp(server))
            server.setPort(port);
        else if (server.port() < 0 && kind.port != httpsPort && !isPlainHttp(server))
            server.setPort(httpsPort); // else the kind's own port would be meant
        found.append({kind, server,
            untrusted == m_untrusted.end() ? std::nullopt : std::optional(untrusted->second)});
    }
    const auto isAtHome = [port](const Candidate &candidate) {
        return candidate.kind.port == port;
    };
    if (port != httpsPort && std::ranges::count_if(found, isAtHome) == 1)
        found.removeIf([&](const Candidate &candidate) { return !isAtHome(candidate); });
    return found;
}

std::optional<AuthError> KindSearch::problem() const
{
    std::optional<AuthError> first;
    for (const auto &[question, answer] : m_answers) {
        const auto error = transportErrorFrom(answer);
        if (!error)
            return {};
        if (!first)
            first = error;
    }
    return first ? first : AuthError{AuthError::Type::Timeout, 0, {}, {}};
}

void KindSearch::conclude()
{
    m_end.set({});
    m_open.clear();
    for (const int port : ports())
        m_candidates.append(candidatesAt(port));
    Q_EMIT finished();
}

} // namespace latchkey
