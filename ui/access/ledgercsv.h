// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"

#include <QByteArray>

namespace latchkey::ui {

//! A table of hand-outs for spreadsheets and scripts: RFC 4180, UTF-8, a line for each, its columns
//! named as in docs/agent-api.md. No cell is a formula, whatever a program calls itself.
[[nodiscard]] QByteArray csvOf(const QList<HandOut> &handOuts);

} // namespace latchkey::ui
