// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace latchkey::ui {

class SessionView;

//! Draws a session of a SessionOrder: its mood by shape, its name with the time left and, below or
//! beside that, what its group's name does not say. Above the first of a group stands the group's
//! heading, which is nothing that one could choose.
class SessionDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintHeading(
        QPainter &painter, const QStyleOptionViewItem &row, const QString &heading);
    static void paintSession(QPainter &painter, const QStyleOptionViewItem &row,
        const SessionView &view, bool isCompact);
};

} // namespace latchkey::ui
