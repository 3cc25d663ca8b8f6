// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/settingvalues.h"

#include "base/scriptname.h"
#include "session/account.h"
#include "wire/http/network.h"
#include "wire/oauth/kindreader.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// In the file of the administrator, and to programs.
const QString autostartName = u"autostart"_s;
const QString languageName = u"language"_s;
const QString appearanceName = u"appearance"_s;
const QString trayIconName = u"trayIcon"_s;
const QString lockName = u"lock"_s;
const QString clipboardName = u"clipboardSeconds"_s;
const QString newSessionsName = u"newSessions"_s;
const QString proxyName = u"proxy"_s;

// In the user's own file.
constexpr auto languageKey = "language"_L1;
constexpr auto appearanceKey = "appearance"_L1;
constexpr auto trayIconKey = "trayIcon"_L1;
constexpr auto lockKey = "lock/withScreen"_L1;
constexpr auto clipboardKey = "clipboard/seconds"_L1;
constexpr auto clearsKey = "clipboard/clears"_L1; //!< as earlier versions had it: true or false
constexpr auto newSessionsKey = "newSessions"_L1;
constexpr auto proxyUseKey = "proxy/use"_L1;
constexpr auto proxyHostKey = "proxy/host"_L1;
constexpr auto proxyPortKey = "proxy/port"_L1;
constexpr auto proxyUserKey = "proxy/user"_L1;

bool isLanguage(const QString &text)
{
    static const QRegularExpression form(u"\\A[a-z]{2,3}(_[A-Za-z]{2,4})?\\z"_s);
    return form.match(text).hasMatch();
}

template<typename Enum> std::optional<Enum> wordIn(const KindReader &json, const QString &name)
{
    if (!json.has(name))
        return {};
    QStringList words;
    const QMetaEnum all = QMetaEnum::fromType<Enum>();
    for (int at = 0; at < all.keyCount(); ++at)
        words.append(scriptNameOf(all.key(at)));
    return enumFromScriptName<Enum>(QString::fromUtf8(json.oneOf(name, words)));
}

std::optional<bool> flagIn(const KindReader &json, const QString &name)
{
    return json.has(name) ? std::optional(json.flag(name)) : std::nullopt;
}

std::optional<QString> languageIn(const KindReader &json)
{
    if (!json.has(languageName))
        return {};
    const QString language = json.text(languageName);
    if (!isLanguage(language))
        json.complain(languageName, u"must be a language such as de or pt_BR"_s);
    return language;
}

std::optional<int> clipboardIn(const KindReader &json)
{
    if (!json.has(clipboardName))
        return {};
    return json.number(clipboardName, 0, 0, SettingValues::longestInClipboard);
}

ProxySetting ownProxyIn(const KindReader &json)
{
    constexpr int mostPorts = 65535;
    ProxySetting proxy{ProxyUse::Own, QString::fromUtf8(json.needed(u"host"_s)), 0, {}};
    proxy.port = static_cast<quint16>(json.number(u"port"_s, 0, 1, mostPorts));
    proxy.user = json.text(u"user"_s);
    if (!ProxySetting::isHost(proxy.host))
        json.complain(u"host"_s, u"must be the name or the address of a host"_s);
    if (!json.has(u"port"_s))
        json.complain(u"port"_s, u"is missing"_s);
    return proxy;
}

std::optional<ProxySetting> proxyIn(const KindReader &json)
{
    if (!json.has(proxyName))
        return {};
    const KindReader proxy = json.group(proxyName);
    const auto use = wordIn<ProxyUse::Value>(proxy, u"use"_s);
    if (!use)
        proxy.complain(u"use"_s, u"is missing"_s);
    if (use == ProxyUse::Own)
        return ownProxyIn(proxy);
    for (const QString &name : {u"host"_s, u"port"_s, u"user"_s}) {
        if (proxy.has(name))
            proxy.complain(name, u"is for \"use\": \"own\" only"_s);
    }
    return ProxySetting{use.value_or(ProxyUse::System)};
}

template<typename Enum> std::optional<Enum> wordIn(const QSettings &file, QLatin1StringView key)
{
    return enumFromScriptName<Enum>(file.value(key).toString());
}

std::optional<bool> flagIn(const QSettings &file, QLatin1StringView key)
{
    return file.contains(key) ? std::optional(file.value(key).toBool()) : std::nullopt;
}

std::optional<QString> languageIn(const QSettings &file)
{
    const QString language = file.value(languageKey).toString();
    return isLanguage(language) ? std::optional(language) : std::nullopt;
}

std::optional<int> clipboardIn(const QSettings &file)
{
    bool isNumber = false;
    const int seconds = file.value(clipboardKey).toInt(&isNumber);
    if (isNumber && seconds >= 0 && seconds <= SettingValues::longestInClipboard)
        return seconds;
    return flagIn(file, clearsKey) == false ? std::optional(0) : std::nullopt;
}

std::optional<ProxySetting> proxyIn(const QSettings &file)
{
    const auto use = wordIn<ProxyUse::Value>(file, proxyUseKey);
    if (!use)
        return {};
    const ProxySetting proxy{*use, file.value(proxyHostKey).toString(),
        static_cast<quint16>(file.value(proxyPortKey).toUInt()),
        file.value(proxyUserKey).toString()};
    const bool isUsable = *use != ProxyUse::Own || (ProxySetting::isHost(proxy.host) && proxy.port);
    return isUsable ? std::optional(proxy) : std::nullopt;
}

void writeProxy(QSettings &file, const ProxySetting &proxy)
{
    file.setValue(proxyUseKey, scriptNameOf(proxy.use));
    file.setValue(proxyHostKey, proxy.host);
    file.setValue(proxyPortKey, proxy.port);
    file.setValue(proxyUserKey, proxy.user);
}

QJsonObject jsonFrom(const ProxySetting &proxy)
{
    QJsonObject json{{u"use"_s, scriptNameOf(proxy.use)}};
    if (proxy.use != ProxyUse::Own)
        return json;
    json.insert(u"host"_s, proxy.host);
    json.insert(u"port"_s, proxy.port);
    if (!proxy.user.isEmpty())
        json.insert(u"user"_s, proxy.user);
    return json;
}

} // namespace

ProxyChoice ProxySetting::choiceFor(const QUrl &server) const
{
    if (use == ProxyUse::System)
        return proxyOfThisMachine(server);
    if (use == ProxyUse::None || isPlainHttp(server) || isLoopback(server.host()))
        return {};
    return {QNetworkProxy(QNetworkProxy::HttpProxy, host, port, user)};
}

bool ProxySetting::isHost(const QString &text)
{
    QUrl url;
    url.setHost(text, QUrl::StrictMode);
    return !url.host().isEmpty();
}

const SettingValues &SettingValues::usual()
{
    static const SettingValues values{{}, QString(), Appearance::System, TrayLook::Colour, true, 30,
        HandOutPolicy::Allow, ProxySetting()};
    return values;
}

SettingValues SettingValues::from(const KindReader &json)
{
    return {flagIn(json, autostartName), languageIn(json),
        wordIn<Appearance::Value>(json, appearanceName),
        wordIn<TrayLook::Value>(json, trayIconName), flagIn(json, lockName), clipboardIn(json),
        wordIn<HandOutPolicy::Value>(json, newSessionsName), proxyIn(json)};
}

SettingValues SettingValues::from(const QSettings &file)
{
    return {{}, languageIn(file), wordIn<Appearance::Value>(file, appearanceKey),
        wordIn<TrayLook::Value>(file, trayIconKey), flagIn(file, lockKey), clipboardIn(file),
        wordIn<HandOutPolicy::Value>(file, newSessionsKey), proxyIn(file)};
}

void SettingValues::writeTo(QSettings &file) const
{
    const auto write = [&file](QLatin1StringView key, const QVariant &value) {
        if (file.value(key) != value)
            file.setValue(key, value);
    };
    if (language)
        write(languageKey, *language);
    if (appearance)
        write(appearanceKey, scriptNameOf(*appearance));
    if (trayIcon)
        write(trayIconKey, scriptNameOf(*trayIcon));
    if (lock)
        write(lockKey, *lock);
    if (clipboardSeconds)
        write(clipboardKey, *clipboardSeconds);
    if (newSessions)
        write(newSessionsKey, scriptNameOf(*newSessions));
    if (proxy)
        writeProxy(file, *proxy);
}

QJsonObject SettingValues::toJson() const
{
    QJsonObject json;
    if (autostart)
        json.insert(autostartName, *autostart);
    if (language)
        json.insert(languageName, *language);
    if (appearance)
        json.insert(appearanceName, scriptNameOf(*appearance));
    if (trayIcon)
        json.insert(trayIconName, scriptNameOf(*trayIcon));
    if (lock)
        json.insert(lockName, *lock);
    if (clipboardSeconds)
        json.insert(clipboardName, *clipboardSeconds);
    if (newSessions)
        json.insert(newSessionsName, scriptNameOf(*newSessions));
    if (proxy)
        json.insert(proxyName, jsonFrom(*proxy));
    return json;
}

} // namespace latchkey
