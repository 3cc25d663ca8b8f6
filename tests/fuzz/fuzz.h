// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/kind.h"

#include <QByteArray>

namespace latchkey::fuzz {

//! What a target is: takes one input, and must come through it whatever it is. Called some
//! thousand times a second, so nothing of it stays behind.
void tryOne(const QByteArray &input);

//! Ends the program where a promise is broken; the fuzzer then keeps the input.
void must(bool holds, const char *promise);

//! By another parser than the one that is tried: the one that latchkeyctl has.
[[nodiscard]] bool isJson(const QByteArray &text);

[[nodiscard]] const Kind &azure();

} // namespace latchkey::fuzz
