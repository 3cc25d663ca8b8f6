// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/ledgermodel.h"

#include <QDialog>

class QStackedWidget;
class QTableView;

namespace latchkey::ui {

//! Who got access tokens, and who did not. Follows the ledger while it can be seen.
class LedgerWindow final : public QDialog {
    Q_OBJECT
public:
    LedgerWindow(const Ledger &ledger, Clock clock, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeTable();
    void setColumns();
    [[nodiscard]] QWidget *makeEmptyPage();
    void onCountChanged();
    void followOrPause();

    LedgerModel m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
};

} // namespace latchkey::ui
