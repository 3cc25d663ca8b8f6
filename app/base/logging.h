// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

namespace latchkey {

Q_DECLARE_LOGGING_CATEGORY(sessionLog)
Q_DECLARE_LOGGING_CATEGORY(wireLog)
Q_DECLARE_LOGGING_CATEGORY(vaultLog)
Q_DECLARE_LOGGING_CATEGORY(agentLog)
Q_DECLARE_LOGGING_CATEGORY(uiLog)

} // namespace latchkey
