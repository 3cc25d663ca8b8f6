// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/processend.h"
#include "service/ownership.h"
#include "shell/secondstart.h"

class QMessageBox;

namespace latchkey::ui {

//! Tells a person that another program has the sessions, and offers to end exactly that one or,
//! where that cannot be done from here, to try again. One of ended(), retried() and declined()
//! follows ask(), once.
class TakeOver final : public QObject {
    Q_OBJECT
public:
    //! \a answer is the owner's, and is not Raised.
    TakeOver(Owner owner, SecondStart::Answer answer, QObject *parent = nullptr);
    ~TakeOver() override;

    void ask();

Q_SIGNALS:
    void ended();
    //! The person says that the other one has ended, or answers again.
    void retried();
    void declined();

private:
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString details() const;
    void offerCommand();
    void stop();

    Owner m_owner;
    SecondStart::Answer m_answer;
    ProcessStop m_stop;
    std::unique_ptr<QMessageBox> m_box;
};

} // namespace latchkey::ui
