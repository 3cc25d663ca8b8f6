// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionmodel.h"

namespace latchkey::test {

//! Saves the list of accounts at once, as a fast disk would.
inline void saveAccountsOf(SessionModel &model)
{
    QObject::connect(&model, &SessionModel::accountsChanged, &model,
        [&model] { model.noteSaved(model.accounts()); });
}

} // namespace latchkey::test
