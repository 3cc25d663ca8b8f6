// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/kindjson.h"

#include "agent/jsonvalues.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QJsonValue hintOf(const Kind &kind)
{
    return textFrom(kind.hint(u"en"_s));
}

} // namespace

Sentence sentenceFor(const KindProblem &problem)
{
    const Sentence words = translate("Sentences",
        "%1. Correct the file; Latchkey reads it again by itself.", "file: what is wrong in it");
    return {words.english.arg(problem.text()), words.translated.arg(problem.text())};
}

QJsonObject jsonFrom(const Kind &kind)
{
    const QString file = kind.isShipped() ? QString() : kind.source;
    return {{u"id"_s, kind.id}, {u"name"_s, kind.name}, {u"port"_s, kind.port},
        {u"source"_s, kind.isShipped() ? u"shipped"_s : u"file"_s}, {u"file"_s, textFrom(file)},
        {u"secondFactor"_s, kind.hasSecondFactor()}, {u"shortLived"_s, kind.hasShortLived()},
        {u"clients"_s, kind.hasClients()}, {u"logout"_s, kind.logout.has_value()},
        {u"oneUse"_s, kind.isOneUse}, {u"hint"_s, hintOf(kind)}};
}

QJsonArray jsonFrom(const QList<KindProblem> &problems)
{
    QJsonArray json;
    for (const KindProblem &problem : problems) {
        json.append(QJsonObject{{u"file"_s, problem.file}, {u"member"_s, textFrom(problem.member)},
            {u"reason"_s, problem.reason}, {u"problem"_s, sentenceFor(problem).english}});
    }
    return json;
}

QJsonArray jsonFrom(const QList<KindSearch::Candidate> &candidates)
{
    QJsonArray json;
    for (const KindSearch::Candidate &candidate : candidates) {
        const auto &untrusted = candidate.untrusted;
        json.append(QJsonObject{{u"kind"_s, candidate.kind.id}, {u"name"_s, candidate.kind.name},
            {u"server"_s, candidate.server.toString(QUrl::FullyEncoded)},
            {u"sha256"_s, textFrom(untrusted ? untrusted->fingerprint.toText() : QString())},
            {u"hint"_s, hintOf(candidate.kind)}});
    }
    return json;
}

} // namespace latchkey
