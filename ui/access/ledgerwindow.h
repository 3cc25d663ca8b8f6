// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/ledgermodel.h"

#include "agent/access/consent.h"

#include <QDialog>
#include <QSortFilterProxyModel>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace latchkey::ui {

class HandOutTable;
class NoticeLabel;

//! Who got access tokens, and who did not. Follows the ledger while it can be seen. What it shows
//! can be filtered and exported, and the program of a row be blocked.
class LedgerWindow final : public QDialog {
    Q_OBJECT
public:
    LedgerWindow(const Ledger &ledger, Consent &consent, Clock clock, QSettings &settings,
        QWidget *parent = nullptr);

    //! Writes what the filter lets through, each entry for itself, and tells how that went.
    void exportTo(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QLayout *makeFilter();
    [[nodiscard]] QWidget *makeButtons();
    void onCountChanged();
    void followOrPause();
    //! The file of the program in the chosen row; empty where there is none that could be blocked.
    [[nodiscard]] QString chosenProgram() const;
    void showWhatCanBeBlocked();
    void blockOrUnblock();
    void askWhereTo();

    const Ledger &m_ledger;
    Consent &m_consent;
    LedgerModel m_model;
    QSortFilterProxyModel m_shown;
    QLineEdit *m_filter;
    QCheckBox *m_folds;
    HandOutTable *m_table;
    QLabel *m_empty;
    QStackedWidget *m_pages;
    NoticeLabel *m_notice;
    QPushButton *m_block;
    QPushButton *m_export;
};

} // namespace latchkey::ui
