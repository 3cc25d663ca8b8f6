// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"

#include <optional>

namespace latchkey::test {

//! A Doctor that answers when the test says so.
class FakeDoctor final : public Doctor {
public:
    void examine(const Instant &until) override { deadline = until; }
    [[nodiscard]] QJsonObject soFar() const override
    {
        return {{QStringLiteral("program"), QStringLiteral("so far")}};
    }
    [[nodiscard]] QList<Finding> findings() const override { return found; }

    QList<Finding> found;
    //! Nothing until the doctor is asked to examine.
    std::optional<Instant> deadline;
};

} // namespace latchkey::test
