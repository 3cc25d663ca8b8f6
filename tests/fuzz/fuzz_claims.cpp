// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! A JWT; and JSON wrapped as the middle part of one, because a fuzzer hardly ever guesses valid
//! base64.

#include "fuzz/fuzz.h"

#include "wire/oauth/claims.h"

#include <QJsonDocument>

using namespace std::chrono_literals;

namespace latchkey::fuzz {

namespace {

void mustMakeSense(const Claims &claims)
{
    must(claims.life().value_or(1s) > 0s, "a life is not empty");
    for (const auto &time : {claims.issuedAt, claims.expiresAt})
        must(!time || time->time_since_epoch() >= 0ms, "a date is not before 1970");
    must(!claims.life() || *claims.expiresAt > *claims.issuedAt, "a life has an order");
}

QByteArray wrapped(const QByteArray &payload)
{
    const auto how = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return "e30." + payload.toBase64(how) + ".c2ln";
}

} // namespace

void tryOne(const QByteArray &input)
{
    if (const auto claims = Claims::fromJwt(input))
        mustMakeSense(*claims);
    const auto claims = Claims::fromJwt(wrapped(input));
    must(claims.has_value() == QJsonDocument::fromJson(input).isObject(),
        "an object has claims, and nothing else has");
    if (claims)
        mustMakeSense(*claims);
}

} // namespace latchkey::fuzz
