// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! What comes over a connection by `http:`, at once and byte by byte.

#include "fuzz/fuzz.h"

#include "wire/http/plainreply.h"

namespace latchkey::fuzz {

namespace {

constexpr qint64 largest = 64;

HttpOutcome outcomeOf(const QByteArray &input, qsizetype piece)
{
    PlainReply reply(largest);
    for (qsizetype at = 0; at < input.size(); at += piece)
        reply.take(input.mid(at, piece));
    reply.close();
    must(reply.isOver(), "after its end nothing comes");
    return reply.outcome();
}

} // namespace

void tryOne(const QByteArray &input)
{
    const HttpOutcome whole = outcomeOf(input, std::max<qsizetype>(input.size(), 1));
    must(whole.body.size() <= largest, "a body is bounded");
    must(whole.status >= 0 && whole.status <= 999, "a status has three digits");
    must(whole.error != QNetworkReply::NoError || whole.status >= 200,
        "a reply that was read has a final status");
    const HttpOutcome parts = outcomeOf(input, 1);
    const bool isRead = whole.error == QNetworkReply::NoError;
    must(isRead == (parts.error == QNetworkReply::NoError), "pieces change no verdict");
    must(whole.status == parts.status, "pieces change no status");
    must(!isRead || whole.body == parts.body, "pieces change no body");
}

} // namespace latchkey::fuzz
