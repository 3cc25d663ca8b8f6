// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace latchkey::ui {

//! The ledger's entries in words, newest first. Repeats of a day are folded into one row, with
//! their count and the time of the last. Follows the ledger only while it is watched, and then at
//! most four times a second. Makes words only of the rows that a view asks for.
class LedgerModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, Session, Program, Terminal, Answer, ColumnCount };
    //! All words of a row, to be searched.
    static constexpr int searchRole = Qt::UserRole;

    LedgerModel(const Ledger &ledger, Clock clock, QObject *parent = nullptr);

    //! Whether somebody can see it; not so at first.
    void setWatched(bool isWatched);
    void setFolded(bool isFolded);
    [[nodiscard]] const HandOut &at(int row) const { return rowAt(row).last; }
    [[nodiscard]] QString wordsOf(const HandOut &handOut) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    //! One entry, or those that repeat it.
    struct Row {
        QString key;
        //! With the requests of all.
        HandOut last;
        WallTime first;
    };
    [[nodiscard]] QList<Row> rows() const;
    [[nodiscard]] const Row &rowAt(int row) const { return m_rows[m_rows.size() - 1 - row]; }
    [[nodiscard]] QString description(const Row &row, int column) const;
    void onAppended();
    void takeNew();
    void take(qsizetype at, const Row &now);
    void drop(qsizetype at);
    void takeAll();

    const Ledger &m_ledger;
    Clock m_clock;
    QTimer m_pause;
    //! Oldest first.
    QList<Row> m_rows;
    bool m_isFolded = true;
    bool m_isWatched = false;
};

} // namespace latchkey::ui
