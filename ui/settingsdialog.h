// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

#include <functional>

class QCheckBox;
class QSettings;

namespace latchkey::ui {

class NoticeLabel;

//! Whether Latchkey starts by itself. Injected: the platform knows how.
struct Autostart {
    std::function<bool()> isEnabled;
    //! False when that could not be changed.
    std::function<bool(bool)> setEnabled;
};

//! What can be chosen. Each choice holds at once; there is nothing to confirm.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(QSettings &settings, Autostart autostart, QWidget *parent = nullptr);

    //! On unless switched off.
    [[nodiscard]] static bool clearsClipboard(const QSettings &settings);

private:
    void onAutostartToggled(bool isOn);

    QSettings &m_settings;
    Autostart m_autostart;
    QCheckBox *m_starts;
    QCheckBox *m_clears;
    NoticeLabel *m_problem;
};

} // namespace latchkey::ui
