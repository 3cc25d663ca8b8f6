// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>

namespace latchkey {

//! Port to one examination of all that may be wrong, for `agent.doctor`. examine() is called once
//! and returns at once; exactly one examined() follows, at the deadline at the latest.
class Doctor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void examine(const Instant &deadline) = 0;
    //! The report as it would be if the deadline were now.
    [[nodiscard]] virtual QJsonObject soFar() const = 0;

Q_SIGNALS:
    //! The answer of `agent.doctor`; see doctorjson.h for its parts.
    void examined(const QJsonObject &report);
};

//! Makes one for each examination.
using DoctorFactory = std::function<std::unique_ptr<Doctor>()>;

} // namespace latchkey
