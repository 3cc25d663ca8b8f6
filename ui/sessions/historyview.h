// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/eventview.h"

#include <QTreeWidget>

namespace latchkey::ui {

//! What happened to a session, newest first. A row opens to its details, which can be copied. As
//! high as its rows, up to a limit.
class HistoryView final : public QTreeWidget {
    Q_OBJECT
public:
    explicit HistoryView(QWidget *parent = nullptr);

    //! What is open or chosen stays so.
    void setEvents(const QList<EventView> &events);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void add(const EventView &event, QTreeWidgetItem *parent);
    void copyDetails() const;
    void breakLines();
    void fitHeight();
};

} // namespace latchkey::ui
