// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace latchkey::ui {

//! The ledger's entries in words, newest first. Follows the ledger only while it is watched, and
//! then at most four times a second. Makes words only of the rows that a view asks for.
class LedgerModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, Session, Program, Terminal, Answer, ColumnCount };

    LedgerModel(const Ledger &ledger, Clock clock, QObject *parent = nullptr);

    //! Whether somebody can see it; not so at first.
    void setWatched(bool isWatched);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    void onAppended();
    void takeNew();
    void takeCount(qsizetype at);
    void drop(qsizetype at);
    void takeAll();

    const Ledger &m_ledger;
    Clock m_clock;
    QTimer m_pause;
    QList<HandOut> m_entries;
    bool m_isWatched = false;
};

} // namespace latchkey::ui
