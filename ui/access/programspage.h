// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace latchkey::ui {

//! Which programs get tokens without a question, and which are blocked, each with a button that
//! ends it. Always shows what holds now. A page of the settings.
class ProgramsPage final : public QWidget {
    Q_OBJECT
public:
    ProgramsPage(Consent &consent, Clock clock, QWidget *parent = nullptr);

private:
    enum Column { Program, Session, Access, ColumnCount };

    void makeList();
    [[nodiscard]] QWidget *makeEmptyPage();
    void fillIn();
    void add(const QString &program, const QString &through, const QString &session,
        const QString &access);
    [[nodiscard]] QString nameOf(const QString &program, const QString &through) const;
    [[nodiscard]] QString wordsFor(const RememberedConsents::Entry &entry) const;
    void onChosen();
    void end();

    Consent &m_consent;
    Clock m_clock;
    QTreeWidget *m_list;
    QStackedWidget *m_pages;
    QPushButton *m_end;
};

} // namespace latchkey::ui
