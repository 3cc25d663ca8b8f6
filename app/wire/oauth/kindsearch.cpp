// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kindsearch.h"

#include "wire/http/httpexchange.h"
#include "wire/oauth/grant.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! No kind has it.
const QString controlPath = u"/latchkey-is-asking"_s;

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

QStringList membersOf(const HttpOutcome &answer)
{
    return QJsonDocument::fromJson(answer.body).object().keys();
}

bool looksLike(const HttpOutcome &answer, const Kind::Check &check)
{
    if (!check.statuses.contains(answer.status)
        || (!check.contentType.isEmpty() && answer.mediaType() != check.contentType))
        return false;
    const auto isThere = [members = membersOf(answer)](const QString &member) {
        return members.contains(member);
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
                for (const QString &path : QStringList{controlPath} + pathsOf(check, kind))
                    questions.insert({port, check.method, baseOf(kind) + path});
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

//! If the certificate is not trusted, asks once more and accepts only that one.
void KindSearch::ask(const Question &question, const Fingerprint &pin)
{
    const auto &[port, method, path] = question;
    QUrl url = m_server;
    if (!isPlainHttp(url))
        url.setPort(port);
    url.setPath(path);
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    if (method == "POST")
        request.setHeader(QNetworkRequest::ContentTypeHeader, formType);
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
    const Question control{port, check.method, baseOf(kind) + controlPath};
    return std::ranges::any_of(paths, [&](const QString &path) {
        const auto answer = m_answers.find({port, check.method, baseOf(kind) + path});
        return answer != m_answers.end() && looksLike(answer->second, check)
            && !isAnyAnswer(answer->second, control);
    });
}

//! Whether the server answers like that at the control's path, too. A kind may be known by a path
//! that it does not have, so 404 tells something all the same.
bool KindSearch::isAnyAnswer(const HttpOutcome &answer, const Question &control) const
{
    const auto other = m_answers.find(control);
    return other != m_answers.end() && answer.status != 404 && answer.status == other->second.status
        && answer.mediaType() == other->second.mediaType()
        && membersOf(answer) == membersOf(other->second);
}

//! Where the answers fit several kinds, the one whose own port it is wins.
QList<KindSearch::Candidate> KindSearch::candidatesAt(int port) const
{
    QList<Candidate> found;
    const auto untrusted = m_untrusted.find(port);
    for (const Kind &kind : kindsAt(port)) {
        if (!fits(kind, port))
            continue;
        QUrl server = kind.serverFrom(m_server);
        if (m_server.port() < 0 && port != kind.port && !isPlainHttp(server))
            server.setPort(port); // else the kind's own port would be meant
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

//! Of several failures, http at one port tells more than silence at the others.
std::optional<AuthError> KindSearch::problem() const
{
    const AuthError timeout{AuthError::Type::Timeout, 0, {}, {}};
    std::optional<AuthError> first;
    for (const auto &[question, answer] : m_answers) {
        const auto error = transportErrorFrom(answer);
        if (!error)
            return m_isCutOff && m_candidates.isEmpty() ? std::optional(timeout) : std::nullopt;
        if (!first || error->type == AuthError::Type::PlainHttp)
            first = error;
    }
    return first ? first : timeout;
}

void KindSearch::conclude()
{
    m_end.set({});
    m_isCutOff = !m_open.empty();
    m_open.clear();
    for (const int port : ports())
        m_candidates.append(candidatesAt(port));
    Q_EMIT finished();
}

} // namespace latchkey
