// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "settings/autostart.h"

#include <QDialog>

class QDialogButtonBox;
class QTabWidget;

namespace latchkey {
class Settings;
} // namespace latchkey

namespace latchkey::ui {

class NoticeLabel;

//! The dialog "Settings", in pages. Each choice holds at once; there is nothing to confirm.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    //! \a languages as in GeneralPage.
    SettingsDialog(Settings &settings, Autostart autostart, const QStringList &languages,
        QWidget *parent = nullptr);

    //! After the other pages.
    void addPage(QWidget *page, const QString &title);

private:
    void showTrouble();

    Settings &m_settings;
    NoticeLabel *m_trouble;
    QTabWidget *m_pages;
    QDialogButtonBox *m_buttons;
};

} // namespace latchkey::ui
