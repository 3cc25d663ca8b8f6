// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/proxymemory.h"

namespace latchkey {

namespace {

QUrl originOf(const QUrl &server)
{
    return server.adjusted(
        QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

ProxyMemory::ProxyMemory(ProxyFinder finder)
    : m_finder(std::move(finder))
{
}

ProxyChoice ProxyMemory::find(const QUrl &server)
{
    const QUrl origin = originOf(server);
    const ProxyChoice choice = m_finder(origin);
    m_choices.insert(origin, choice);
    return choice;
}

ProxyChoice ProxyMemory::last(const QUrl &server)
{
    const auto known = m_choices.constFind(originOf(server));
    return known == m_choices.cend() ? find(server) : *known;
}

QList<Secret> ProxyMemory::secrets() const
{
    QList<Secret> passwords;
    for (const ProxyChoice &choice : m_choices)
        passwords.append(Secret::fromString(choice.proxy.password()));
    return passwords;
}

} // namespace latchkey
