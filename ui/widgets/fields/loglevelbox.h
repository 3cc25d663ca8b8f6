// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "widgets/fields/choicebox.h"

namespace latchkey {
class MessageLog;
}

namespace latchkey::ui {

//! How much Latchkey keeps in its log, for a person to choose. What is chosen holds at once.
class LogLevelBox final : public ChoiceBox {
    Q_OBJECT
public:
    //! \a log outlives it.
    explicit LogLevelBox(MessageLog &log, QWidget *parent = nullptr);

protected:
    //! A program may have changed it meanwhile.
    void showEvent(QShowEvent *event) override;

private:
    MessageLog &m_log;
};

} // namespace latchkey::ui
