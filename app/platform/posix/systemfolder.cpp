// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/systemfolder.h"

namespace latchkey {

QString administratorsFolder()
{
    return QStringLiteral("/etc/latchkey");
}

} // namespace latchkey
