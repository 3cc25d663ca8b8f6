// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ctl/commands.h"

namespace latchkey::ctl {

//! Prints what the agent finds wrong with itself, the keychain and the appliances. Then throws if
//! there was anything.
void doctor(const CommonOptions &options);
//! Writes a report to a new file, or nothing if the agent gives none.
void report(const CommonOptions &options, const std::string &path);
//! Sets the level of the log, if `level` is not empty, and prints it.
void log(const CommonOptions &options, const std::string &level);

} // namespace latchkey::ctl
