// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/hostpattern.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! `bücher.example` and `XN--BCHER-KVA.example.` are the same host. Empty for what is no name.
QString canonical(const QString &host)
{
    QUrl url;
    url.setHost(host, QUrl::StrictMode);
    QString name = url.host(QUrl::FullyEncoded);
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

std::optional<std::pair<QHostAddress, int>> networkFrom(const QString &text)
{
    if (!text.contains(u'/')) {
        const QHostAddress address(text);
        const bool isShort = address.protocol() == QAbstractSocket::IPv4Protocol;
        return address.isNull() ? std::nullopt
                                : std::optional(std::pair(address, isShort ? 32 : 128));
    }
    const auto network = QHostAddress::parseSubnet(text);
    const bool isWhole = !network.first.isNull() && network.second >= 0
        && !QHostAddress(text.section(u'/', 0, 0)).isNull();
    return isWhole ? std::optional(network) : std::nullopt;
}

} // namespace

std::optional<HostPattern> HostPattern::fromText(const QString &text)
{
    HostPattern pattern;
    pattern.m_text = text;
    if (const auto network = networkFrom(text)) {
        pattern.m_network = *network;
        return pattern;
    }
    const bool isBelow = text.startsWith("*."_L1);
    const QString name = canonical(isBelow ? text.sliced(2) : text);
    if (name.isEmpty() || name.contains(u'*'))
        return {};
    pattern.m_name = isBelow ? u'.' + name : name;
    return pattern;
}

bool HostPattern::matches(const QString &host) const
{
    const QHostAddress address(host);
    if (m_network.second >= 0)
        return !address.isNull() && address.isInSubnet(m_network);
    const QString name = address.isNull() ? canonical(host) : QString();
    return m_name.startsWith(u'.') ? name.endsWith(m_name) && name.size() > m_name.size()
                                   : name == m_name;
}

} // namespace latchkey
