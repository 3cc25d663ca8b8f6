// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLineEdit>

class QFormLayout;

namespace latchkey::ui {

class NoticeLabel;

//! A line to fill in. What is wrong with it is said beneath, and goes as soon as the text is
//! edited.
class ValidatedLineEdit final : public QWidget {
    Q_OBJECT
public:
    ValidatedLineEdit(const QString &name, QLineEdit *edit, QWidget *parent = nullptr);

    //! As a row, with a label whose mnemonic leads to the line.
    void addTo(QFormLayout *rows, const QString &label);

    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QString text() const { return m_edit->text(); }
    [[nodiscard]] QString problem() const;
    //! Shows a sentence; an empty one takes it away.
    void setProblem(const QString &problem);

private:
    QLineEdit *m_edit;
    NoticeLabel *m_problem;
};

} // namespace latchkey::ui
