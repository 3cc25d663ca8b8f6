// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/autherror.h"

#include "base/scriptname.h"

namespace latchkey {

QString AuthError::name() const
{
    return scriptNameOf(type);
}

} // namespace latchkey
