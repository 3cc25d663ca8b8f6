// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ctl/commands.h"

namespace latchkey::ctl {

//! Prints what the agent finds wrong with itself, the keychain and the appliances. Then throws if
//! there was anything.
void doctor(const CommonOptions &options);

} // namespace latchkey::ctl
