// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QListView>

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

class SessionOrder;

//! The list "Sessions". Always has a chosen session while it shows any. One stays chosen when it
//! changes its group.
class SessionList final : public QListView {
    Q_OBJECT
public:
    explicit SessionList(SessionModel &sessions, QWidget *parent = nullptr);

    //! Null when there is none.
    [[nodiscard]] Session *chosen() const;
    //! Does nothing if it is not shown.
    void choose(const QString &name);
    //! As in SessionOrder. The chosen session stays so, or else the first that is left is.
    void setFilter(const QString &words);
    [[nodiscard]] bool isEmpty() const;
    //! Of those that need a person or cannot renew, the one behind the chosen one; behind the last,
    //! the first.
    void chooseNextInTrouble();

Q_SIGNALS:
    void chosenChanged();
    //! By Enter: what the chosen session's state asks for.
    void primaryRequested();
    //! For the chosen session, by the mouse or the menu key.
    void menuRequested(const QPoint &where);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void chooseRow(int row);

    SessionModel &m_sessions;
    SessionOrder *m_order;
};

} // namespace latchkey::ui
