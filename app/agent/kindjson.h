// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/sentences.h"
#include "wire/oauth/kindsearch.h"

#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

// Kinds of appliance as scripts see them (docs/agent-api.md §5, `kinds.list` and `kinds.find`).

//! What is wrong in which file, and what to do about it.
[[nodiscard]] Sentence sentenceFor(const KindProblem &problem);

[[nodiscard]] QJsonObject jsonFrom(const Kind &kind);
[[nodiscard]] QJsonArray jsonFrom(const QList<KindProblem> &problems);
[[nodiscard]] QJsonArray jsonFrom(const QList<KindSearch::Candidate> &candidates);

} // namespace latchkey
