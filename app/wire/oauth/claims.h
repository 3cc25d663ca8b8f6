// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace latchkey {

//! What a JWT says of itself. For display and as a hint for ends: the signature is not checked,
//! so nothing here may decide on trust. Tokens may be opaque; then there are no claims.
struct Claims {
    QString userName;
    QString role;
    //! In the appliance's time, which may differ from ours.
    std::optional<WallTime> issuedAt;
    std::optional<WallTime> expiresAt;

    //! `exp - iat`, free of any clock's error. Nothing unless both are there and at
    //! least a second apart.
    [[nodiscard]] std::optional<std::chrono::seconds> life() const;

    //! RFC 7519 §3: three base64url parts, the second one a JSON object.
    [[nodiscard]] static std::optional<Claims> fromJwt(QByteArrayView token);
};

} // namespace latchkey
