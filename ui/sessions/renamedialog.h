// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

namespace latchkey {
class SessionModel;
}

namespace latchkey::ui {

class ValidatedLineEdit;

//! Asks for another name of a session, and gives it. Closes when the session is gone or has got
//! another name meanwhile.
class RenameDialog final : public QDialog {
    Q_OBJECT
public:
    RenameDialog(SessionModel &sessions, QString name, QWidget *parent = nullptr);

private:
    void rename();
    void closeIfOurs(const QString &name);

    SessionModel &m_sessions;
    QString m_name;
    ValidatedLineEdit *m_newName;
};

} // namespace latchkey::ui
