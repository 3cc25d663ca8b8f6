// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "settings/autostart.h"

#include <QWidget>

class QCheckBox;
class QPushButton;

namespace latchkey {
struct SessionSnapshot;
}

namespace latchkey::ui {

class ValueField;

//! What somebody who has just begun may want to choose or know.
struct FirstSteps {
    Autostart autostart;
    bool hasTray = true;
    //! The administrator has decided whether Latchkey starts.
    bool isAutostartFixed = false;
};

//! The last page of the very first sign-in: how to go on. Whatever is chosen holds at once.
class DonePage final : public QWidget {
    Q_OBJECT
public:
    DonePage(FirstSteps steps, const SessionSnapshot &session, QWidget *parent = nullptr);

    [[nodiscard]] QPushButton *defaultButton() const { return m_close; }

Q_SIGNALS:
    void closed();

private:
    [[nodiscard]] QLayout *makeCommand(const QString &name);
    void onStartsToggled(bool isOn);

    FirstSteps m_steps;
    QCheckBox *m_starts;
    ValueField *m_command;
    QPushButton *m_close;
};

} // namespace latchkey::ui
