// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "session/tokenset.h"
#include "wire/oauth/kinds.h"

#include <QByteArray>

namespace latchkey::test {

//! The reply that the vendor printed (docs/protocol.md §1), word for word: 13 members, real JWTs.
[[nodiscard]] QByteArray seedReply();
//! The same reply with one member changed, or removed if \a value is undefined.
[[nodiscard]] QByteArray seedReplyWith(const QString &member, const QJsonValue &value);
//! The reply between password and code, see docs/protocol.md §5.
[[nodiscard]] QByteArray mfaReply();
//! An unsigned JWT with these claims, as much as Latchkey reads of one.
[[nodiscard]] QByteArray jwt(const QJsonObject &claims);

//! The kinds that Latchkey ships.
[[nodiscard]] const Kinds &shippedKinds();
[[nodiscard]] Kind azure();
//! `prod` on https://appliance.test, user `operator`.
[[nodiscard]] Account anAccount();
[[nodiscard]] Secret secret(const char *text);

//! A grant with `access-1` and `refresh-1` for number 1, and so on.
[[nodiscard]] TokenReply aReply(int number, std::chrono::seconds life = std::chrono::hours(1));
[[nodiscard]] Granted granted(
    int number, const Instant &sentAt, std::chrono::seconds life = std::chrono::hours(1));
[[nodiscard]] TokenSet tokenSet(
    int number, const Instant &sentAt, std::chrono::seconds life = std::chrono::hours(1));

//! The certificate of support/data, and a fingerprint that is not its own.
[[nodiscard]] Certificate aCertificate();
[[nodiscard]] Fingerprint anotherFingerprint();

} // namespace latchkey::test
