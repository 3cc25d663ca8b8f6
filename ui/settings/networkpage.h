// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/settingvalues.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSpinBox;

namespace latchkey {
class Settings;
} // namespace latchkey

namespace latchkey::ui {

class AdministratorNote;
class ChoiceBox;
class ValidatedLineEdit;

//! The page "Network" of the settings: through which proxy appliances are reached.
class NetworkPage final : public QWidget {
    Q_OBJECT
public:
    explicit NetworkPage(Settings &settings, QWidget *parent = nullptr);

private:
    void listen();
    void showValues();
    void onChosen();
    void save();
    void showWhich();
    [[nodiscard]] ProxyUse::Value use() const;

    Settings &m_settings;
    ChoiceBox *m_use;
    ValidatedLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_user;
    AdministratorNote *m_note;
    QLabel *m_hint;
    //! What somebody types is not to be taken away because another setting has changed.
    std::optional<ProxySetting> m_shown;
};

} // namespace latchkey::ui
