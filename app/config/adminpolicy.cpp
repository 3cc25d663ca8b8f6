// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/adminpolicy.h"

#include "session/words/sentences.h"
#include "wire/oauth/kindreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString appliancesName = u"appliances"_s;
const QString kindsName = u"kinds"_s;
const QString accountsName = u"accounts"_s;

std::optional<QList<HostPattern>> appliancesIn(const KindReader &file)
{
    if (!file.has(appliancesName))
        return {};
    QList<HostPattern> patterns;
    for (const QString &text : file.texts(appliancesName)) {
        if (const auto pattern = HostPattern::fromText(text))
            patterns.append(*pattern);
        else
            file.complain(appliancesName,
                u"has %1 in it, which is no host, no network and no *.domain"_s.arg(text));
    }
    return patterns;
}

std::optional<QStringList> kindsIn(const KindReader &file)
{
    if (!file.has(kindsName))
        return {};
    const QStringList kinds = file.texts(kindsName);
    if (!std::ranges::all_of(kinds, Kind::isId))
        file.complain(kindsName, u"has something in it that is not the id of a kind"_s);
    return kinds;
}

QString memberOf(AccountProblem problem)
{
    switch (problem) {
    case AccountProblem::UserMissing:
    case AccountProblem::UserTooLong:
        return u"user"_s;
    case AccountProblem::NameMissing:
    case AccountProblem::NameInvalid:
        return u"name"_s;
    case AccountProblem::KindUnknown:
    case AccountProblem::KindNotAllowed:
        return u"kind"_s;
    case AccountProblem::PinFixed:
        return u"pin"_s;
    default:
        return u"server"_s;
    }
}

Fingerprint pinIn(const KindReader &json)
{
    const QString text = json.text(u"pin"_s);
    const auto pin = Fingerprint::fromText(text);
    if (!text.isEmpty() && !pin)
        json.complain(u"pin"_s, u"must be the SHA-256 of a certificate, 64 digits in hex"_s);
    return pin.value_or(Fingerprint());
}

bool isSameHost(const QUrl &one, const QUrl &other)
{
    const auto pattern = HostPattern::fromText(one.host());
    return pattern && pattern->matches(other.host());
}

void readAccount(const KindReader &json, AdminPolicy &policy)
{
    Account draft;
    draft.name = QString::fromUtf8(json.needed(u"name"_s));
    draft.user = QString::fromUtf8(json.needed(u"user"_s));
    draft.kind = json.id(u"kind"_s);
    draft.pin = pinIn(json);
    const auto account = Account::make(draft, QString::fromUtf8(json.needed(u"server"_s)));
    if (!account) {
        const QString why = sentenceFor(account.error()).english;
        return json.complain(memberOf(account.error()), u"is wrong: "_s + why);
    }
    Account unpinned = *account;
    unpinned.pin = {};
    if (const auto problem = policy.whyNot(unpinned))
        json.complain(memberOf(*problem), u"is not among those that this policy allows"_s);
    if (std::ranges::any_of(
            policy.accounts, [&](const Account &other) { return other.name == account->name; }))
        json.complain(u"name"_s, u"is that of another account"_s);
    policy.accounts.append(*account);
    if (std::ranges::any_of(policy.accounts,
            [&](const Account &any) { return policy.whyNot(any) == AccountProblem::PinFixed; }))
        json.complain(u"pin"_s, u"is another than that of an account before it"_s);
}

} // namespace

Result<AdminPolicy, KindProblem> AdminPolicy::fromJson(
    const QByteArray &json, const QString &source)
{
    KindProblem problem{source, {}, {}};
    const KindReader file(json, problem);
    AdminPolicy policy;
    policy.settings = SettingValues::from(file.group(u"settings"_s));
    policy.appliances = appliancesIn(file);
    policy.kinds = kindsIn(file);
    file.forEach(
        accountsName, [&policy](const KindReader &account) { readAccount(account, policy); });
    file.checkNames();
    if (!problem.reason.isEmpty())
        return problem;
    return policy;
}

std::optional<AccountProblem> AdminPolicy::whyNot(const Account &account, bool isOwnKind) const
{
    const auto fits = [host = account.server.host()](const HostPattern &pattern) {
        return pattern.matches(host);
    };
    if (appliances && !std::ranges::any_of(*appliances, fits))
        return AccountProblem::ApplianceNotAllowed;
    if (kinds && !account.kind.isEmpty() && (isOwnKind || !kinds->contains(account.kind)))
        return AccountProblem::KindNotAllowed;
    const Fingerprint pin = pinFor(account.server);
    if (!pin.isEmpty() && !account.pin.isEmpty() && account.pin != pin)
        return AccountProblem::PinFixed;
    return {};
}

Fingerprint AdminPolicy::pinFor(const QUrl &server) const
{
    constexpr int httpsPort = 443;
    for (const int port : {server.port(httpsPort), -1}) {
        const auto pinned = std::ranges::find_if(accounts, [&](const Account &account) {
            return !account.pin.isEmpty() && account.server.port() == port
                && isSameHost(account.server, server);
        });
        if (pinned != accounts.end() && server.scheme() == "https"_L1)
            return pinned->pin;
    }
    return {};
}

QList<Account> AdminPolicy::accountsOf(const QString &person) const
{
    QList<Account> all = accounts;
    for (Account &account : all)
        account.user.replace("{user}"_L1, person);
    return all;
}

} // namespace latchkey
