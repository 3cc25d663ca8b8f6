// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/policycombobox.h"

namespace latchkey::ui {

PolicyComboBox::PolicyComboBox(QWidget *parent)
    : ChoiceBox(tr("Programs"),
          {{tr("Get tokens without asking"), HandOutPolicy::Allow},
              {tr("Ask me"), HandOutPolicy::Ask}, {tr("Never"), HandOutPolicy::Never}},
          parent)
{
    connect(this, &ChoiceBox::chosen, this, [this](const QVariant &policy) {
        Q_EMIT policyChosen(policy.value<HandOutPolicy::Value>());
    });
}

} // namespace latchkey::ui
