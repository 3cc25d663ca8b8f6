// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "widgets/fields/choicebox.h"

#include "session/handoutpolicy.h"

namespace latchkey::ui {

//! Which programs may have a session's tokens, for a person to choose.
class PolicyComboBox final : public ChoiceBox {
    Q_OBJECT
public:
    explicit PolicyComboBox(QWidget *parent = nullptr);

    void setPolicy(HandOutPolicy::Value policy) { choose(policy); }

Q_SIGNALS:
    //! By a person, and not by setPolicy().
    void policyChosen(latchkey::HandOutPolicy::Value policy);
};

} // namespace latchkey::ui
