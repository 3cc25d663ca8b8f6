// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/handoutpolicy.h"

#include <QComboBox>

namespace latchkey::ui {

//! Which programs may have a session's tokens, for a person to choose.
class PolicyComboBox final : public QComboBox {
    Q_OBJECT
public:
    explicit PolicyComboBox(QWidget *parent = nullptr);

    void setPolicy(HandOutPolicy::Value policy);

Q_SIGNALS:
    //! By a person, and not by setPolicy().
    void policyChosen(latchkey::HandOutPolicy::Value policy);

protected:
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace latchkey::ui
