// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/rpc.h"
#include "base/clock.h"
#include "base/secret.h"

namespace latchkey {

//! A request's named parameters, read with their types. The first that is missing or wrong is
//! remembered and told by problem(); values read after that mean nothing.
class Params {
public:
    explicit Params(const QJsonObject &object)
        : m_object(object)
    {
    }

    [[nodiscard]] QString text(const QString &key);
    [[nodiscard]] QString optionalText(const QString &key, const QString &otherwise = {});
    [[nodiscard]] Secret secret(const QString &key);
    [[nodiscard]] bool flag(const QString &key);
    //! A whole number from 1 to a million.
    [[nodiscard]] qint64 count(const QString &key);
    //! Seconds, whole or not, from 0 to a day.
    [[nodiscard]] std::optional<Milliseconds> span(const QString &key);

    [[nodiscard]] const std::optional<RpcError> &problem() const { return m_problem; }

private:
    void refuse(const QString &key, const QString &wanted);

    QJsonObject m_object;
    std::optional<RpcError> m_problem;
};

} // namespace latchkey
