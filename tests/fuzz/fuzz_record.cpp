// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! What the vault returns: a sealed file, and the token set in it.

#include "fuzz/fuzz.h"

#include "agent/rpc.h"
#include "agent/sessionjson.h"
#include "session/account.h"
#include "session/tokenset.h"
#include "support/fakeclock.h"
#include "vault/seal.h"

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

namespace {

Account anAccount()
{
    Account account;
    account.name = u"prod"_s;
    account.kind = u"azure"_s;
    account.server = QUrl(u"https://appliance.test"_s);
    account.user = u"operator"_s;
    return account;
}

void mustBeTheSame(const TokenSet &set, const TokenSet &back)
{
    must(back.accessToken == set.accessToken && back.refreshToken == set.refreshToken
            && back.tokenType == set.tokenType && back.identity == set.identity,
        "a token set is read as it was written");
    must(back.clockOffset == set.clockOffset && back.issued == set.issued
            && back.expires == set.expires,
        "so is the appliance's clock");
    must(back.refreshEnd.has_value() == set.refreshEnd.has_value(), "so are its ends");
}

void tryRecord(const Secret &record)
{
    const Instant now = test::FakeClock().now();
    const Account account = anAccount();
    const auto set = TokenSet::fromRecord(record, account, now);
    if (!set)
        return;
    const bool isGood = set->hasGoodAccess(now);
    must(!isGood || set->accessLife() > Milliseconds(0), "what is good has a life");
    must(isJson(answerLine(1, QJsonValue(handOut(*set, account, {}, now)))), "a hand-out is JSON");
    const auto back = TokenSet::fromRecord(set->toRecord(account, now), account, now);
    must(back.has_value(), "what was recorded is a record");
    mustBeTheSame(*set, *back);
    const Account sealed = TokenSet::sealedAccount(record, account);
    const Secret again = set->toRecord(sealed, now);
    must(TokenSet::sealedAccount(again, account) == sealed, "so are whose it is, policy and pin");
}

} // namespace

void tryOne(const QByteArray &input)
{
    const Secret record = Secret::fromBytes(input);
    tryRecord(record);
    const Secret key = Secret::fromBytes(QByteArray(sealKeySize, 'k'));
    const SealOwner owner{"prod", "its appliance"};
    must(!unseal(input, key, owner), "nobody who has no key seals anything");
    must(!headOf(input) || !headOf(input)->contains('\n'), "a head is one line");
    must(unseal(seal(record, key, owner), key, owner) == record, "what is sealed can be opened");
}

} // namespace latchkey::fuzz
