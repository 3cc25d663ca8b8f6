// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

namespace latchkey::ui {

//! Says below some controls that the administrator has decided, and switches them off then.
class AdministratorNote final : public QLabel {
    Q_OBJECT
public:
    //! The controls have their accessible descriptions already.
    explicit AdministratorNote(const QList<QWidget *> &controls, QWidget *parent = nullptr);

    void setFixed(bool isFixed);
    //! \a control with this close below it, as the field of a form.
    [[nodiscard]] QLayout *below(QWidget *control);

private:
    //! With what assistive tools are told of them otherwise.
    QList<std::pair<QWidget *, QString>> m_controls;
};

} // namespace latchkey::ui
