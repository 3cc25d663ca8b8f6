// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QObject>

class QWidget;

namespace latchkey::ui {

//! Values that can be read but not changed, side by side. The Tab key stops at one of them only,
//! the one where the keyboard was last; from there, Up and Down lead to the others.
class ValueGroup final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void add(QWidget *value);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    //! Where the Tab key stops from now on.
    void stopAt(QWidget *value);
    void stopSomewhere();
    bool move(QWidget *from, int by);

    QList<QWidget *> m_values;
    QWidget *m_stop = nullptr; // one of them, or none
};

} // namespace latchkey::ui
