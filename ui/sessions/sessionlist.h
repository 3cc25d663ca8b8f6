// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QIdentityProxyModel>
#include <QListView>
#include <QStyledItemDelegate>

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

//! Adds to the engine's model the texts for assistive tools and tool tips.
class AccessibleSessions final : public QIdentityProxyModel {
    Q_OBJECT
public:
    using QIdentityProxyModel::QIdentityProxyModel;

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
};

//! Draws a session: its state by shape, its name with the time left, who and where, its state in
//! words.
class SessionDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

//! The list "Sessions". Always has a chosen session while there is any.
class SessionList final : public QListView {
    Q_OBJECT
public:
    explicit SessionList(SessionModel &sessions, QWidget *parent = nullptr);

    //! Null when there is none.
    [[nodiscard]] Session *chosen() const;
    void choose(const QString &name);

Q_SIGNALS:
    void chosenChanged();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;

private:
    SessionModel &m_sessions;
};

} // namespace latchkey::ui
