// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QWidget>

#include <vector>

class QLabel;
class QMenu;
class QListWidget;
class QPushButton;

namespace latchkey {
class Kinds;
class Session;
} // namespace latchkey

namespace latchkey::ui {

class NoticeLabel;
class PolicyComboBox;
class ValidityTimeline;
class ValueField;

//! One session in full: its values, what can be done with it, what happened to it. Follows nothing
//! by itself: whoever owns it calls setView() when something may have changed.
class SessionPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SessionPanel(const Kinds &kinds, QWidget *parent = nullptr);

    //! What can be copied besides the token. Whoever made it keeps it.
    void setCopyMenu(QMenu *menu);
    void setView(const SessionView &view);

Q_SIGNALS:
    //! SignIn, EnterCode and DecideTrust all open the sign-in window, which knows its page.
    void actionRequested(latchkey::ui::Action action);
    void policyChosen(latchkey::HandOutPolicy::Value policy);

private:
    struct Value {
        ValueField *field;
        QString (SessionView::*text)() const;
    };
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeButtons();
    [[nodiscard]] QWidget *makeValues();
    [[nodiscard]] QWidget *makeHistory();
    [[nodiscard]] QPushButton *makeButton(const QString &text, const QString &icon, Action action);
    void showKind();
    void showSignIn(Actions actions);
    void showHistory(const SessionView &view);

    QLabel *m_icon;
    ValueField *m_name;
    ValueField *m_address;
    NoticeLabel *m_reason;
    QPushButton *m_copy;
    QPushButton *m_copyAs;
    QPushButton *m_refresh;
    QPushButton *m_signIn;
    QPushButton *m_signOut;
    const Kinds &m_kinds;
    std::vector<Value> m_values;
    ValueField *m_kind;
    PolicyComboBox *m_programs;
    ValidityTimeline *m_timeline;
    QListWidget *m_history;
    QList<SessionHistory::Entry> m_shownHistory;
    QString m_shownName;
    QString m_kindId;
    Mood::Value m_shownMood = Mood::SignedOut;
};

} // namespace latchkey::ui
