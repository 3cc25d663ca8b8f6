// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "settings/autostart.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;

namespace latchkey {
class Settings;
} // namespace latchkey

namespace latchkey::ui {

class AdministratorNote;
class ChoiceBox;
class NoticeLabel;

//! The page "General" of the settings: when Latchkey starts, and how it looks.
class GeneralPage final : public QWidget {
    Q_OBJECT
public:
    //! \a languages are those that there are besides English, such as `de`.
    GeneralPage(Settings &settings, Autostart autostart, const QStringList &languages,
        QWidget *parent = nullptr);

private:
    [[nodiscard]] QFormLayout *makeRows();
    void listen();
    void showValues();
    void onAutostartToggled(bool isOn);
    void showAutostart();
    void onLanguageChosen(const QString &language);

    Settings &m_settings;
    Autostart m_autostart;
    QCheckBox *m_starts;
    NoticeLabel *m_problem;
    ChoiceBox *m_language;
    NoticeLabel *m_restart;
    ChoiceBox *m_appearance;
    ChoiceBox *m_trayIcon;
    AdministratorNote *m_note;
};

} // namespace latchkey::ui
