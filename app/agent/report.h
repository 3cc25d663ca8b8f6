// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace latchkey {

//! Where a secret would have been in a report of a problem.
struct Leak {
    //! In what is told of the session of this place in `session.list`, from 1; 0 for elsewhere.
    int place = 0;
    //! Of that session; empty if the secret is in its name.
    QString session = {};

    friend bool operator==(const Leak &, const Leak &) = default;
};

using Report = Result<QJsonObject, Leak>;

//! Makes what a person sends who reports a problem, with what a Doctor has found.
using ReportFactory = std::function<Report(const QJsonObject &examination)>;

} // namespace latchkey
