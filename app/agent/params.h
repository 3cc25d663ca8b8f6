// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/rpc.h"
#include "base/clock.h"
#include "base/secret.h"

namespace latchkey {

//! A request's named parameters, read with their types. The first that is missing or wrong is told
//! by problem(). It is enough to ask for that once, after all have been read; no value may be used
//! before.
class Params {
public:
    explicit Params(const QJsonObject &object)
        : m_object(object)
    {
    }

    //! Must be there, and not be empty. So must a secret().
    [[nodiscard]] QString text(const QString &key);
    [[nodiscard]] QString optionalText(const QString &key, const QString &otherwise = {});
    [[nodiscard]] Secret secret(const QString &key);
    //! Empty where it is not there.
    [[nodiscard]] Secret optionalSecret(const QString &key);
    //! False where it is not there.
    [[nodiscard]] bool flag(const QString &key);
    //! A whole number from 1 to a million.
    [[nodiscard]] qint64 count(const QString &key);
    //! In seconds, whole or not, from 0 to 86400; nothing where it is not there.
    [[nodiscard]] std::optional<Milliseconds> span(const QString &key);

    [[nodiscard]] const std::optional<RpcError> &problem() const { return m_problem; }

private:
    void refuse(const QString &key, const QString &wanted);

    QJsonObject m_object;
    std::optional<RpcError> m_problem;
};

} // namespace latchkey
