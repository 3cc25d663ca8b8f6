// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSplitter;

namespace latchkey {
class Kinds;
class Session;
struct ApplianceReport;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

class SessionList;
class SessionPanel;

//! The list of sessions with its filter and, beside it, the panel of the chosen one; above both,
//! how many need a person or cannot renew.
class SessionsPage final : public QWidget {
    Q_OBJECT
public:
    SessionsPage(SessionModel &sessions, const Kinds &kinds, QWidget *parent = nullptr);

    //! Null when there is none.
    [[nodiscard]] Session *chosen() const;
    //! Gives up the filter if it would hide that one.
    void choose(const QString &name);
    void focusList();
    //! Shows the chosen session and all times as they are now.
    void look();
    //! What CheckNow has found about the session \a name; dropped where another is chosen.
    void showReport(const QString &name, const ApplianceReport &report);

    //! Where the line between list and panel is, as QSplitter saves it.
    [[nodiscard]] QByteArray division() const;
    //! Where \a division is empty or cannot be read, the list is some 46 characters wide.
    void setDivision(const QByteArray &division);
    //! As in SessionPanel.
    [[nodiscard]] QStringList openSections() const;
    void setOpenSections(const QStringList &open);

Q_SIGNALS:
    void addRequested();
    void actionRequested(const QString &name, latchkey::ui::Action action);
    //! For the chosen session.
    void menuRequested(const QPoint &where);
    //! A session came or went.
    void listChanged();
    void openSectionsChanged();

private:
    [[nodiscard]] QWidget *makeSide();
    void makeFilter();
    void request(Action action);
    void chooseNextInTrouble();
    void onChosen();

    QLineEdit *m_filter;
    SessionList *m_list;
    QLabel *m_nothing;
    SessionPanel *m_panel;
    QSplitter *m_splitter;
};

} // namespace latchkey::ui
