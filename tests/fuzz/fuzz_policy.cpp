// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! The administrator's policy, and what it allows.

#include "fuzz/fuzz.h"

#include "config/adminpolicy.h"

#include <QSet>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

void tryOne(const QByteArray &input)
{
    const auto policy = AdminPolicy::fromJson(input, u"file"_s);
    if (!policy)
        return must(!policy.error().reason.isEmpty(), "what is no policy is told why");
    const SettingValues &settings = policy->settings;
    const int seconds = settings.clipboardSeconds.value_or(0);
    must(seconds >= 0 && seconds <= SettingValues::longestInClipboard, "a copy stays for a while");
    const ProxySetting proxy = settings.proxy.value_or(ProxySetting());
    must(proxy.use != ProxyUse::Own || (ProxySetting::isHost(proxy.host) && proxy.port > 0),
        "a proxy can be reached");
    QSet<QString> names;
    for (const Account &account : policy->accounts) {
        must(!policy->whyNot(account), "what is set up is allowed");
        must(!names.contains(account.name), "no two accounts have the same name");
        names.insert(account.name);
    }
    Account elsewhere;
    elsewhere.server = QUrl(u"https://elsewhere.invalid"_s);
    must(!policy->appliances || !policy->appliances->isEmpty() || policy->whyNot(elsewhere),
        "an empty list allows nothing");
}

} // namespace latchkey::fuzz
