// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace latchkey {

//! What a JWT says about itself, for display and as a hint when it ends. Its signature is not
//! checked, so nothing here may decide on trust. An opaque token has no claims.
struct Claims {
    QString userName;
    QString role;
    //! By the appliance's clock, which may differ from ours.
    std::optional<WallTime> issuedAt;
    std::optional<WallTime> expiresAt;

    //! `exp - iat`, in which an error of the appliance's clock cancels out. Nothing unless both are
    //! there and at least a second apart.
    [[nodiscard]] std::optional<std::chrono::seconds> life() const;

    //! RFC 7519 §3: three parts in base64url, of which the second is a JSON object. Nothing when
    //! \a token is something else.
    [[nodiscard]] static std::optional<Claims> fromJwt(QByteArrayView token);
};

} // namespace latchkey
