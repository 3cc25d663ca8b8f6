// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QWidget>

#include <vector>

class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;

namespace latchkey {
class Kinds;
struct ApplianceReport;
} // namespace latchkey

namespace latchkey::ui {

class ConnectionSection;
class HistoryView;
class PlainLabel;
class PolicyComboBox;
class Section;
class SplitButton;
class TroubleBanner;
class ValidityTimeline;
class ValueField;

//! One session in full: how it is, what can be done with it, what happened to it. Its name, the
//! headline and the buttons stay in sight; the rest can be scrolled. Follows nothing by itself:
//! whoever owns it calls setView() when something may have changed.
class SessionPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SessionPanel(const Kinds &kinds, QWidget *parent = nullptr);

    void setView(const SessionView &view);
    //! What CheckNow has found about the session that is shown.
    void setReport(const ApplianceReport &report);
    //! What can be copied besides the token. Whoever made it keeps it.
    void setCopyMenu(QMenu *menu);

    //! By ids. The others are folded.
    [[nodiscard]] QStringList openSections() const;
    void setOpenSections(const QStringList &open);

Q_SIGNALS:
    //! SignIn, EnterCode and DecideTrust all open the sign-in window, which knows its page.
    void actionRequested(latchkey::ui::Action action);
    void policyChosen(latchkey::HandOutPolicy::Value policy);
    void openSectionsChanged();

private:
    struct Value {
        ValueField *field;
        QString (SessionView::*text)() const;
    };
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeButtons();
    [[nodiscard]] QMenu *makeMoreMenu();
    [[nodiscard]] QWidget *makeScrolled();
    [[nodiscard]] QWidget *makeHistory();
    [[nodiscard]] QWidget *makeAccess();
    [[nodiscard]] QWidget *makeDetails();
    [[nodiscard]] Section *makeSection(const QString &id, const QString &title, QWidget *content);
    static void alignLabels(const QList<QWidget *> &forms);
    void showHeader(const SessionView &view);
    void showButtons(const SessionView &view);
    void showAnswer(Actions actions, Action primary);
    void showKind();

    const Kinds &m_kinds;
    QLabel *m_icon;
    PlainLabel *m_name;
    PlainLabel *m_headline;
    PlainLabel *m_who;
    //! SignIn, EnterCode or DecideTrust, of which a session wants one at most.
    QPushButton *m_answer;
    SplitButton *m_copy;
    QPushButton *m_refresh;
    QAction *m_signOut = nullptr;
    QScrollArea *m_scrolled;
    TroubleBanner *m_trouble;
    ValidityTimeline *m_timeline;
    HistoryView *m_history;
    PolicyComboBox *m_programs;
    QLabel *m_noToken;
    ConnectionSection *m_connection;
    QList<Section *> m_sections;
    std::vector<Value> m_values;
    ValueField *m_kind;
    //! What m_answer stands for.
    Action m_answered = Action::SignIn;
    QList<SessionHistory::Entry> m_shownHistory;
    QString m_shownName;
    QString m_kindId;
    Mood::Value m_shownMood = Mood::SignedOut;
};

} // namespace latchkey::ui
