// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

#include <array>
#include <chrono>

namespace latchkey::appliance {

//! What is not known of an appliance (docs/protocol.md §14), and what may go wrong with one. The
//! table in switches.cpp has names, defaults and meanings.
enum class Switch {
    Rotation,
    KillFamilyOnReuse,
    RefreshWindow,
    RefusalStatus,
    RefusalText,
    LogoutKillsRefresh,
    MfaEnabledInSecondReply,
    TicketLife,
    TicketTries,
    CodeOnce,
    IdpUser,
    LockoutTries,
    AccessLife,
    RefreshLife,
    ShortRefreshLife,
    Nulls,
    TokenType,
    ExpiresIn,
    ExtraFields,
    ClockSkew,
    DelayMs,
    DelayWhere,
    TokenSize,
    Claims,
    Jwt,
    CacheControl,
    AnonymousServiceIsUp,
    SystemState,
    Fault,
    FaultCount,
    FaultGrant,
    FaultBody,
    FaultType,
    FaultHeader,
    RetryAfter,
    Plant,
    RefuseAccess,
    TlsVersion,
    LargestBody,
    Versions,
    VersionWords,
    Dates,
    UsernameInReply,
    LogoutPath,
    AntiForgery,
    UidInToken,
    FormToo,
    Client,
};

inline constexpr std::size_t switchCount = static_cast<std::size_t>(Switch::Client) + 1;

struct Dialect;

//! The appliance's switches. What is set holds from the next request on.
class Switches {
public:
    //! With the initial values of a kind.
    explicit Switches(const Dialect &dialect);

    //! Returns a sentence about what is wrong; empty when the value is taken. Setting `fault` also
    //! makes `faultCount` unlimited.
    [[nodiscard]] QString set(const QString &name, const QString &value);

    //! Sets all of them, or where one is wrong, none.
    [[nodiscard]] QString set(const QJsonObject &values);

    [[nodiscard]] bool isOn(Switch which) const;
    [[nodiscard]] bool is(Switch which, QLatin1StringView value) const;
    [[nodiscard]] int number(Switch which) const;
    [[nodiscard]] std::chrono::seconds seconds(Switch which) const;
    [[nodiscard]] QString text(Switch which) const;

    //! Whether \a version is one of those that switch `versions` lists.
    [[nodiscard]] bool isServed(const QString &version) const;

    //! A request has met the fault: `faultCount`, unless it is unlimited, goes down by one.
    void useUpFault();

    //! Whether the good access token that has come is to be refused. Counts that likewise.
    [[nodiscard]] bool takeRefusal();

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static QString help();

private:
    std::array<QString, switchCount> m_values;
};

} // namespace latchkey::appliance
