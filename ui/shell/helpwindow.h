// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QDialog>

class QGridLayout;
class QMenu;

namespace latchkey::ui {

//! What the signs of sessions mean, and the keys of the main window. Closed by Esc.
class HelpWindow final : public QDialog {
    Q_OBJECT
public:
    //! With the keys of the entries of those \a menus.
    explicit HelpWindow(const QList<QMenu *> &menus, QWidget *parent = nullptr);

private:
    [[nodiscard]] QLayout *makeMoods();
    [[nodiscard]] QLayout *makeKeys(const QList<QMenu *> &menus);
    void addMood(QGridLayout &rows, latchkey::Mood::Value mood, const QString &meaning);
    static void addKey(QGridLayout &rows, const QString &keys, const QString &action);
};

} // namespace latchkey::ui
