// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methodcontext.h"
#include "agent/methods/shareddoctor.h"

namespace latchkey {

//! What is wrong with Latchkey: `agent.doctor`, `agent.report`, `agent.log` (docs/agent-api.md §5).
class DiagnosisMethods {
public:
    //! \a context outlives it.
    explicit DiagnosisMethods(const MethodContext &context);

    void doctor(MethodCall call);
    void report(MethodCall call);
    void log(MethodCall call);

private:
    void examine(MethodCall call, const SharedDoctor::Answer &answer);
    [[nodiscard]] const Report &reportOf(const QJsonObject &examination);

    //! A report, and what it was made of.
    struct Made {
        std::optional<SteadyTime> begunAt;
        QJsonObject examination;
        Report report = Leak();
    };
    const MethodContext &m_context;
    SharedDoctor m_doctor;
    Made m_last;
};

} // namespace latchkey
