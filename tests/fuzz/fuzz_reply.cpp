// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! A reply of the token endpoint. What it grants goes into the vault and back.

#include "fuzz/fuzz.h"

#include "session/account.h"
#include "session/tokenset.h"
#include "support/fakeclock.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::fuzz {

namespace {

bool isDate(const std::optional<WallTime> &time)
{
    return !time || time->time_since_epoch() >= 0ms;
}

void mustMakeSense(const TokenReply &reply)
{
    must(int(reply.hasAccess()) + int(reply.needsCode()) + int(reply.needsSingleSignOn()) == 1,
        "a reply is a token, a question for a code or a redirection, and one of them");
    must(!reply.hasAccess() || reply.tokenType.compare("bearer"_L1, Qt::CaseInsensitive) == 0,
        "a token of another type than bearer is none");
    must(reply.accessLife() > 0s, "an access token lives for a time");
    must(reply.refreshLife().value_or(1s) > 0s, "a refresh token lives for a time");
    must(isDate(reply.issued) && isDate(reply.expires), "a date is not before 1970");
}

void mustSurviveTheVault(const TokenSet &set, const Instant &now)
{
    Account account;
    account.server = QUrl(u"https://appliance.test"_s);
    account.user = u"operator"_s;
    const auto back = TokenSet::fromRecord(set.toRecord(account, now), account, now);
    must(back.has_value(), "what was recorded is a record");
    must(back->accessToken == set.accessToken && back->refreshToken == set.refreshToken,
        "tokens come out of the vault as they went in");
    must(back->accessEnd == set.accessEnd && back->refreshEnd == set.refreshEnd,
        "ends come out of the vault as they went in");
    must(back->identity == set.identity && back->tokenType == set.tokenType,
        "whose it is comes out of the vault as it went in");
    must(back->issued == set.issued && back->expires == set.expires,
        "the appliance's times come out of the vault as they went in");
}

} // namespace

void tryOne(const QByteArray &input)
{
    const auto reply = TokenReply::fromJson(input, azure());
    if (!reply)
        return must(!reply.error().isEmpty(), "what is no reply is told why");
    mustMakeSense(*reply);
    const Instant now = test::FakeClock().now();
    const TokenSet set = TokenSet::from(Granted{*reply, now, 0s}, false);
    mustSurviveTheVault(set, now);
    mustSurviveTheVault(TokenSet::from(Granted{*reply, now, {}}, set), now);
}

} // namespace latchkey::fuzz
