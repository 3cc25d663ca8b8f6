// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialects/dialect.h"
#include "http/httpreply.h"

namespace latchkey::appliance {

class Switches;
class Users;
struct HttpRequest;

//! A resource of one kind only, beside those of `/api/v8.1/` that all of them have. All take GET.
struct OwnResource {
    QLatin1StringView kinds;
    QLatin1StringView path; //!< with `{}` for the version
    bool isOpen = false; //!< answers without a token
    HttpReply (*answer)(const HttpRequest &request, Users &users, const Switches &switches);
};

//! Nothing where the kind has none at \a path, or where the version in it is not served.
[[nodiscard]] const OwnResource *findOwnResource(
    const Dialect &dialect, const QString &path, const Switches &switches);

} // namespace latchkey::appliance
