// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QCheckBox;
class QLayout;
class QSpinBox;

namespace latchkey {
class Settings;
} // namespace latchkey

namespace latchkey::ui {

class AdministratorNote;
class PolicyComboBox;

//! The page "Security" of the settings: when programs and the clipboard have tokens.
class SecurityPage final : public QWidget {
    Q_OBJECT
public:
    explicit SecurityPage(Settings &settings, QWidget *parent = nullptr);

private:
    void describe();
    [[nodiscard]] QLayout *makeLock();
    [[nodiscard]] QLayout *makeClipboard();
    [[nodiscard]] QLayout *makeNewSessions();
    void listen();
    void showValues();
    void onClearsToggled(bool isOn);

    Settings &m_settings;
    QCheckBox *m_locks;
    QCheckBox *m_clears;
    QSpinBox *m_seconds;
    PolicyComboBox *m_newSessions;
    AdministratorNote *m_note = nullptr;
};

} // namespace latchkey::ui
