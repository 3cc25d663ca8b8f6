// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace latchkey::ctl {

//! No core dumps of this process, and no debugger of the same user in it: it holds tokens.
void hideMemory();

} // namespace latchkey::ctl
