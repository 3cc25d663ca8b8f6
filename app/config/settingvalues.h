// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/handoutpolicy.h"
#include "wire/http/proxychoice.h"

#include <QJsonObject>
#include <QObject>

#include <optional>

class QSettings;

namespace latchkey {

class KindReader;

//! Whether windows are light or dark.
class Appearance {
    Q_GADGET
public:
    enum Value { System, Light, Dark };
    Q_ENUM(Value)
};

class TrayLook {
    Q_GADGET
public:
    enum Value {
        Colour,
        Symbol, //!< in one colour, as on a panel whose icons all are
    };
    Q_ENUM(Value)
};

class ProxyUse {
    Q_GADGET
public:
    enum Value {
        System, //!< the environment's, else the desktop's
        None,
        Own, //!< of these settings
    };
    Q_ENUM(Value)
};

//! Through what appliances are reached. Has no password: none is kept.
struct ProxySetting {
    ProxyUse::Value use = ProxyUse::System;
    // For Own only: an HTTP proxy, which opens the way on CONNECT.
    QString host = {};
    quint16 port = 0;
    QString user = {};

    //! `http:` and this machine go through no proxy of one's own.
    [[nodiscard]] ProxyChoice choiceFor(const QUrl &server) const;
    //! A name or an address, without scheme and port.
    [[nodiscard]] static bool isHost(const QString &text);
    friend bool operator==(const ProxySetting &, const ProxySetting &) = default;
};

//! What can be set, by a person or by the administrator; what is not set is nothing. Where it ends
//! up in a file, it goes by the names in settingvalues.cpp.
struct SettingValues {
    //! At a start of the desktop session. What a person has set is in the desktop's entry.
    std::optional<bool> autostart;
    //! Such as `de`; empty for the desktop's.
    std::optional<QString> language;
    std::optional<Appearance::Value> appearance;
    std::optional<TrayLook::Value> trayIcon;
    //! Programs get no tokens while the screen is locked.
    std::optional<bool> lock;
    //! After how many seconds a copied token goes; 0: it stays until it ends.
    std::optional<int> clipboardSeconds;
    //! Of sessions whose name is new.
    std::optional<HandOutPolicy::Value> newSessions;
    std::optional<ProxySetting> proxy;

    static constexpr int longestInClipboard = 600;
    //! What holds where nobody has set anything. All but `autostart` is there.
    [[nodiscard]] static const SettingValues &usual();
    //! Complains of what is wrong in there.
    [[nodiscard]] static SettingValues from(const KindReader &json);
    //! What a person has set. Nonsense counts as nothing.
    [[nodiscard]] static SettingValues from(const QSettings &file);
    void writeTo(QSettings &file) const;
    //! What is set, by name.
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const SettingValues &, const SettingValues &) = default;
};

} // namespace latchkey
