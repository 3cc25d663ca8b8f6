// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/handoutpolicy.h"

#include "base/scriptname.h"

namespace latchkey {

QString scriptName(HandOutPolicy::Value policy)
{
    return scriptNameOf(policy);
}

std::optional<HandOutPolicy::Value> handOutPolicyFrom(const QString &scriptName)
{
    return enumFromScriptName<HandOutPolicy::Value>(scriptName);
}

} // namespace latchkey
