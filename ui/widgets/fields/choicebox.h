// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QComboBox>

namespace latchkey::ui {

//! Some words of which a person chooses one. Each stands for a value.
class ChoiceBox : public QComboBox {
    Q_OBJECT
public:
    using Choices = QList<std::pair<QString, QVariant>>;

    ChoiceBox(const QString &name, const Choices &choices, QWidget *parent = nullptr);

    void choose(const QVariant &value) { setCurrentIndex(findData(value)); }

Q_SIGNALS:
    //! By a person, and not by choose().
    void chosen(const QVariant &value);

protected:
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace latchkey::ui
