// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/ledgermodel.h"

#include <QTableView>

#include <array>

namespace latchkey::ui {

//! The rows of the ledger. Each column has the room that its longest text needs, and program and
//! answer share what is left or missing: where it is too little, the row has several lines.
class HandOutTable final : public QTableView {
    Q_OBJECT
public:
    //! Shows those rows of \a all that are in \a shown.
    HandOutTable(LedgerModel &all, QAbstractItemModel &shown, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpHeaders();
    void measure(int first, int last);
    void shareRoom();
    void fitRows();
    [[nodiscard]] int neededFor(const QString &text, int column) const;
    [[nodiscard]] int marginsOf(int column) const;
    [[nodiscard]] int linesOf(const QString &text, int column) const;

    LedgerModel &m_all;
    //! Of each column, of all rows since the last reset.
    std::array<QString, LedgerModel::ColumnCount> m_longest;
};

} // namespace latchkey::ui
