// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/proxychoice.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString withoutDots(QStringView name)
{
    if (name.startsWith(u'.'))
        name = name.sliced(1);
    if (name.endsWith(u'.'))
        name.chop(1);
    return name.toString().toLower();
}

QString withoutBrackets(const QString &address)
{
    return address.startsWith(u'[') && address.endsWith(u']') ? address.sliced(1).chopped(1)
                                                              : address;
}

bool isSameNetwork(const QHostAddress &address, const QString &entry)
{
    if (entry.contains(u'/'))
        return address.isInSubnet(QHostAddress::parseSubnet(entry));
    return address == QHostAddress(withoutBrackets(entry));
}

//! `example.com` and `.example.com` both mean that host and all below it.
bool isSameDomain(const QString &host, const QString &entry)
{
    const QString domain = withoutDots(entry);
    return !domain.isEmpty() && (host == domain || host.endsWith(u'.' + domain));
}

bool isExempt(const QString &server, const QString &exempt)
{
    if (exempt.trimmed() == "*"_L1)
        return true;
    static const QRegularExpression between(u"[,\\s]+"_s);
    const QStringList entries = exempt.split(between, Qt::SkipEmptyParts);
    const QHostAddress address(withoutBrackets(server));
    return std::ranges::any_of(entries, [&](const QString &entry) {
        return address.isNull() ? isSameDomain(withoutDots(server), entry)
                                : isSameNetwork(address, entry);
    });
}

//! An empty variable counts as none, as for curl.
QString firstOf(const QProcessEnvironment &environment, std::initializer_list<QString> names)
{
    for (const QString &name : names) {
        if (const QString value = environment.value(name).trimmed(); !value.isEmpty())
            return value;
    }
    return {};
}

std::optional<QNetworkProxy::ProxyType> typeOf(const QString &scheme)
{
    if (scheme == "http"_L1)
        return QNetworkProxy::HttpProxy;
    if (scheme == "socks5"_L1 || scheme == "socks5h"_L1)
        return QNetworkProxy::Socks5Proxy;
    return {};
}

QString decoded(QStringView text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

//! Where it ends; -1 where there is none. A password may have `://` in it, too.
qsizetype schemeEndIn(const QString &text)
{
    static const QRegularExpression scheme(u"^[A-Za-z][A-Za-z0-9+.-]*://"_s);
    const auto match = scheme.match(text);
    return match.hasMatch() ? match.capturedEnd() - 3 : -1;
}

//! `[scheme://][user[:password]@]host[:port][/…]`. Taken apart by hand, because QUrl refuses
//! passwords that are not percent-encoded.
ProxyChoice proxyFromText(const QString &text)
{
    constexpr quint16 usualPort = 1080; // as for curl
    const qsizetype schemeEnd = schemeEndIn(text);
    const QString scheme = schemeEnd < 0 ? u"http"_s : text.first(schemeEnd).toLower();
    QStringView rest = QStringView(text).sliced(schemeEnd < 0 ? 0 : schemeEnd + 3);
    const qsizetype at = rest.lastIndexOf(u'@');
    const QStringView credentials = at < 0 ? QStringView() : rest.first(at);
    rest = rest.sliced(at + 1);
    if (const qsizetype path = rest.indexOf(u'/'); path >= 0)
        rest = rest.first(path);

    static const QRegularExpression hostAndPort(u"^(\\[[^\\]]*\\]|[^:]*)(?::(\\d+))?$"_s);
    const auto match = hostAndPort.match(rest.toString());
    const QString host = withoutBrackets(match.captured(1));
    bool isPort = true;
    const quint16 port =
        match.captured(2).isEmpty() ? usualPort : match.captured(2).toUShort(&isPort);
    const auto type = typeOf(scheme);
    if (!type || host.isEmpty() || !isPort || port == 0)
        return {{}, scheme + u"://"_s + rest.toString().section(u':', 0, 0)};

    const qsizetype colon = credentials.indexOf(u':');
    const QStringView user = colon < 0 ? credentials : credentials.first(colon);
    const QStringView password = colon < 0 ? QStringView() : credentials.sliced(colon + 1);
    return {QNetworkProxy(*type, host, port, decoded(user), decoded(password))};
}

ProxyChoice proxyOfTheDesktop(const QUrl &server)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(server));
    for (const QNetworkProxy &proxy : proxies) {
        if (proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::Socks5Proxy)
            return {proxy};
        if (proxy.type() == QNetworkProxy::NoProxy)
            break;
    }
    return {};
}

} // namespace

bool ProxyChoice::isNone() const
{
    return unusable.isEmpty() && proxy.type() == QNetworkProxy::NoProxy;
}

bool ProxyChoice::isHttp() const
{
    return proxy.type() == QNetworkProxy::HttpProxy;
}

QString ProxyChoice::name() const
{
    if (isNone() || !unusable.isEmpty())
        return unusable;
    const QString host = proxy.hostName();
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(proxy.port());
}

QString ProxyChoice::url() const
{
    if (isNone() || !unusable.isEmpty())
        return unusable;
    QUrl url;
    url.setScheme(isHttp() ? u"http"_s : u"socks5h"_s);
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    if (!proxy.user().isEmpty()) {
        url.setUserName(proxy.user(), QUrl::DecodedMode);
        url.setPassword(proxy.password(), QUrl::DecodedMode);
    }
    return url.toString(QUrl::FullyEncoded);
}

std::optional<ProxyChoice> proxyFromEnvironment(
    const QProcessEnvironment &environment, const QUrl &server)
{
    const QString exempt = firstOf(environment, {u"no_proxy"_s, u"NO_PROXY"_s});
    if (server.scheme() == "http"_L1 || isExempt(server.host(QUrl::FullyEncoded), exempt))
        return ProxyChoice();
    const QString text =
        firstOf(environment, {u"https_proxy"_s, u"HTTPS_PROXY"_s, u"all_proxy"_s, u"ALL_PROXY"_s});
    return text.isEmpty() ? std::nullopt : std::optional(proxyFromText(text));
}

ProxyChoice proxyOfThisMachine(const QUrl &server)
{
    const auto choice = proxyFromEnvironment(QProcessEnvironment::systemEnvironment(), server);
    return choice ? *choice : proxyOfTheDesktop(server);
}

} // namespace latchkey
