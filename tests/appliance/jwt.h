// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/openssl.h"

#include <QByteArray>
#include <QJsonObject>

namespace latchkey::appliance {

//! What tells one installation from another: the signing key, its kid, and the two GUIDs in the
//! audiences of tokens (docs/protocol.md §8). An appliance that is installed again has others.
class Installation {
public:
    Installation();

    [[nodiscard]] QString accessAudience() const { return m_accessAudience; }
    [[nodiscard]] QString refreshAudience() const { return m_refreshAudience; }
    [[nodiscard]] QString kid() const { return m_kid; }

    enum class Signature {
        Real,
        Hs256, //!< looks like an HMAC, and the header says so
        Reused, //!< one that was made at the start and fits no token: for thousands of tokens
    };

    //! RS512 unless it is to be HS256, the claims in the order that QJsonObject gives them.
    [[nodiscard]] QByteArray jwt(const QJsonObject &claims, Signature signature) const;

private:
    [[nodiscard]] QByteArray sign(const QByteArray &input) const;

    KeyPointer m_key;
    QString m_kid;
    QString m_accessAudience;
    QString m_refreshAudience;
    QByteArray m_reusedSignature;
};

} // namespace latchkey::appliance
