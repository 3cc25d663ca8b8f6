// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

class QSettings;
class QWidget;

namespace latchkey::ui {

//! Keeps the size and place of a window in the settings, however it goes: when it is hidden, and
//! when Latchkey ends. Fits it to the screen. A child of the window.
class KeptPlace final : public QObject {
    Q_OBJECT
public:
    //! The window is as it was, or of \a firstSize.
    KeptPlace(QWidget *window, QSettings &settings, QString key, const QSize &firstSize);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void save();

    QWidget *m_window;
    QSettings &m_settings;
    QString m_key;
};

} // namespace latchkey::ui
