// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/history/cause.h"

#include "base/scriptname.h"

namespace latchkey {

QString scriptName(Cause::Value cause)
{
    return scriptNameOf(cause);
}

std::optional<Cause::Value> causeFrom(const QString &scriptName)
{
    return enumFromScriptName<Cause::Value>(scriptName);
}

} // namespace latchkey
