// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/kind.h"

#include <QByteArray>

namespace latchkey::fuzz {

//! The target: takes one input and must survive it, whatever it is. Called some thousand times a
//! second, so it must leave nothing behind.
void tryOne(const QByteArray &input);

//! Ends the program if a promise is broken; the fuzzer then keeps the input.
void must(bool holds, const char *promise);

//! Uses another parser than the one under test: the one that latchkeyctl uses.
[[nodiscard]] bool isJson(const QByteArray &text);

[[nodiscard]] const Kind &azure();

} // namespace latchkey::fuzz
