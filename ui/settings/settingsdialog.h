// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/autostart.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QSettings;

namespace latchkey::ui {

class NoticeLabel;

//! Whether Latchkey starts with the desktop session. Given from outside, as systems differ in it.
struct Autostart {
    std::function<bool()> isEnabled;
    //! False when that could not be changed.
    std::function<bool(bool)> setEnabled;
    std::function<AutostartObstacle()> obstacle = [] {
        return AutostartObstacle::None;
    };
};

//! The dialog "Settings". Each choice holds at once; there is nothing to confirm.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    //! Called with true where programs are to get no tokens while the screen is locked.
    using SetLocksWithScreen = std::function<void(bool)>;

    SettingsDialog(QSettings &settings, Autostart autostart, SetLocksWithScreen setLocksWithScreen,
        QWidget *parent = nullptr);

    // What is set; both are on until a person switches them off.
    [[nodiscard]] static bool clearsClipboard(const QSettings &settings);
    [[nodiscard]] static bool locksWithScreen(const QSettings &settings);

Q_SIGNALS:
    void programsRequested();

private:
    [[nodiscard]] QLayout *makeLock();
    void onAutostartToggled(bool isOn);
    void showObstacle();
    void onLocksToggled(bool isOn);

    QSettings &m_settings;
    Autostart m_autostart;
    SetLocksWithScreen m_setLocksWithScreen;
    QCheckBox *m_starts;
    QCheckBox *m_clears;
    QCheckBox *m_locks;
    NoticeLabel *m_problem;
};

} // namespace latchkey::ui
