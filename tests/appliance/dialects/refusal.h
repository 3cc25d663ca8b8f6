// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialects/dialect.h"
#include "http/httpreply.h"

namespace latchkey::appliance {

class Switches;

struct Refusal {
    enum class Reason {
        BadField,
        UnknownGrant,
        UnknownVersion,
        BadCredentials, //!< password, code or ticket
        DeadRefreshToken,
        DeadToken, //!< one that was to be revoked
        NoCookie,
        NoBearer,
        UnknownClient,
        NotYours,
        NotFound,
        WrongMethod,
        WrongMedia,
    };

    Reason reason = Reason::NotFound;
    QString words = {}; //!< empty: those of the status
    QString field = {}; //!< which it is about
};

//! \a refusal as the kind says it: with its status, media type and members.
[[nodiscard]] HttpReply refusalReply(
    Dialect::Shape shape, const Switches &switches, const Refusal &refusal);

//! Of a request without a version that is served, in the words that a switch asks for.
[[nodiscard]] Refusal versionRefusal(const Switches &switches);

} // namespace latchkey::appliance
