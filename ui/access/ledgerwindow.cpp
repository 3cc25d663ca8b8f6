// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgerwindow.h"

#include "access/handouttable.h"
#include "access/ledgercsv.h"
#include "access/oneclick.h"
#include "access/programview.h"
#include "widgets/keptplace.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include "base/wholefile.h"
#include "platform/interpreter.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

LedgerWindow::LedgerWindow(
    const Ledger &ledger, Consent &consent, Clock clock, QSettings &settings, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_ledger(ledger)
    , m_consent(consent)
    , m_model(ledger, std::move(clock))
    , m_filter(new QLineEdit)
    , m_folds(new QCheckBox(tr("Fold &repeats of a day")))
    , m_table(new HandOutTable(m_model, m_shown))
    , m_empty(new QLabel)
    , m_pages(new QStackedWidget)
    , m_notice(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_block(new QPushButton)
    , m_export(new QPushButton(tr("&Export…")))
{
    setWindowTitle(tr("Tokens handed out"));
    new OneClick(m_block);
    m_shown.setSourceModel(&m_model);
    m_shown.setFilterRole(LedgerModel::searchRole);
    m_shown.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    auto *hint = new QLabel(tr("The last thousand times that somebody asked for an access token. "
                               "The tokens themselves are never written down."));
    hint->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2);
    layout->addLayout(makeFilter());
    layout->addWidget(m_pages, 1);
    layout->addWidget(hint);
    layout->addWidget(m_notice);
    layout->addWidget(makeButtons());
    new WholeWindow(this, {480, 360});
    new KeptPlace(this, settings, u"ledger/geometry"_s,
        QSize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 30));

    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, this, &LedgerWindow::onCountChanged);
    connect(&m_shown, &QAbstractItemModel::modelReset, this, &LedgerWindow::onCountChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &LedgerWindow::showWhatCanBeBlocked);
    connect(&consent, &Consent::changed, this, &LedgerWindow::showWhatCanBeBlocked);
    onCountChanged();
}

QLayout *LedgerWindow::makeFilter()
{
    auto *caption = new QLabel(tr("&Filter"));
    caption->setBuddy(m_filter);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Session, program, script, answer …"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(
        fontMetrics().horizontalAdvance(m_filter->placeholderText()) + 2 * fontMetrics().height());
    m_folds->setChecked(true);
    const auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_filter, qOverload<>(&QWidget::setFocus));
    connect(
        m_filter, &QLineEdit::textChanged, &m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &LedgerWindow::onCountChanged);
    connect(m_folds, &QCheckBox::toggled, &m_model, &LedgerModel::setFolded);
    auto *layout = new QHBoxLayout;
    layout->addWidget(caption);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_folds);
    return layout;
}

QWidget *LedgerWindow::makeButtons()
{
    // In this order, or the Tab key would leave one of them out.
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_block, QDialogButtonBox::ActionRole);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    buttons->addButton(QDialogButtonBox::Close);
    const QList<QAbstractButton *> all = buttons->buttons();
    for (QAbstractButton *button : all)
        qobject_cast<QPushButton *>(button)->setAutoDefault(
            false); // the filter has the focus first
    connect(m_block, &QPushButton::clicked, this, &LedgerWindow::blockOrUnblock);
    connect(m_export, &QPushButton::clicked, this, &LedgerWindow::askWhereTo);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void LedgerWindow::onCountChanged()
{
    const bool isNothingThere = m_ledger.entries().isEmpty();
    m_empty->setText(isNothingThere ? tr("No token has been handed out yet.")
                                    : tr("Nothing matches the filter."));
    m_pages->setCurrentIndex(m_shown.rowCount() > 0 ? 1 : 0);
    m_export->setEnabled(m_shown.rowCount() > 0);
    showWhatCanBeBlocked();
}

QString LedgerWindow::chosenProgram() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    const HandOut &handOut = m_model.at(m_shown.mapToSource(rows.first()).row());
    const QString program = ProgramIdentity::askerOf(handOut.program);
    return program.startsWith(u'/') ? program : QString();
}

void LedgerWindow::showWhatCanBeBlocked()
{
    const QString program = chosenProgram();
    const bool isBlocked = m_consent.blocked().contains(program);
    m_block->setText(isBlocked ? tr("Un&block this program") : tr("&Block this program"));
    m_block->setEnabled(!program.isEmpty());
    const QString why = program.isEmpty() ? tr("Choose a row whose program is known.") : QString();
    m_block->setToolTip(why);
    m_block->setAccessibleDescription(why);
}

void LedgerWindow::blockOrUnblock()
{
    const QString program = chosenProgram();
    const QString name = ProgramView::nameOf(program);
    if (m_consent.unblock(program))
        return m_notice->setText(tr("%1 is not blocked any more.").arg(name));
    if (!m_consent.block(program))
        return m_notice->setText(tr("No more programs can be blocked. Unblock one first."));
    m_notice->setText(isInterpreter(program)
            ? tr("%1 and all its scripts get no tokens until you unblock it, here or in the "
                 "settings under Programs.")
                  .arg(name)
            : tr("%1 gets no tokens until you unblock it, here or in the settings under Programs.")
                  .arg(name));
}

void LedgerWindow::askWhereTo()
{
    auto *dialog = new QFileDialog(this, tr("Export the list"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Table (*.csv)"));
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"latchkey-tokens.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LedgerWindow::exportTo);
    dialog->open();
}

void LedgerWindow::exportTo(const QString &path)
{
    QList<HandOut> handOuts = m_ledger.entries();
    handOuts.removeIf([this](const HandOut &handOut) {
        return !m_model.wordsOf(handOut).contains(m_filter->text(), Qt::CaseInsensitive);
    });
    const auto problem = writeWhole(path, csvOf(handOuts));
    m_notice->setText(problem ? tr("The list could not be written. Is the folder writable, and the "
                                   "disk not full?")
                              : tr("The list is in %1.").arg(wrappable(escaped(path))));
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
