// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgerwindow.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScreen>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey::ui {

LedgerWindow::LedgerWindow(const Ledger &ledger, Clock clock, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_model(ledger, std::move(clock))
    , m_table(new QTableView)
    , m_pages(new QStackedWidget)
{
    setWindowTitle(tr("Tokens handed out"));
    makeTable();
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(m_table);
    auto *hint = new QLabel(tr("The last thousand times that somebody asked for an access token. "
                               "The tokens themselves are never written down."));
    hint->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2);
    layout->addWidget(m_pages, 1);
    layout->addWidget(hint);
    const QSize wanted(fontMetrics().averageCharWidth() * 140, fontMetrics().height() * 30);
    resize(wanted.boundedTo(screen()->availableSize()));

    connect(&m_model, &LedgerModel::modelReset, this, &LedgerWindow::onCountChanged);
    connect(&m_model, &LedgerModel::rowsInserted, this, &LedgerWindow::onCountChanged);
}

void LedgerWindow::makeTable()
{
    m_table->setAccessibleName(tr("Hand-outs"));
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    // All rows have one height, so that the view need not measure a thousand of them.
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    setColumns();
}

void LedgerWindow::setColumns()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int letter = fontMetrics().averageCharWidth();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setMinimumSectionSize(letter * 8);
    header->resizeSection(LedgerModel::When, letter * 20);
    header->resizeSection(LedgerModel::Session, letter * 20);
    header->resizeSection(LedgerModel::Program, letter * 44);
    header->resizeSection(LedgerModel::Terminal, letter * 12);
    header->setStretchLastSection(true);
}

QWidget *LedgerWindow::makeEmptyPage()
{
    auto *text = new QLabel(tr("No token has been handed out yet."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    return text;
}

void LedgerWindow::onCountChanged()
{
    m_pages->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
}

void LedgerWindow::followOrPause()
{
    m_model.setWatched(isVisible() && !isMinimized());
}

void LedgerWindow::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    followOrPause();
}

void LedgerWindow::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    followOrPause();
}

void LedgerWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        followOrPause();
}

} // namespace latchkey::ui
