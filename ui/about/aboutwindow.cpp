// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "about/aboutwindow.h"

#include "widgets/heading.h"
#include "widgets/icons.h"
#include "widgets/wholewindow.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

struct Part {
    QString name;
    QString licence;
};

//! As in CONTRIBUTING.md; names and licences are the same in each language.
QList<Part> parts()
{
    return {{u"Qt "_s + QString::fromLatin1(qVersion()), u"LGPL-3.0"_s},
        {u"QtKeychain"_s, u"BSD-3-Clause"_s}, {u"libsodium"_s, u"ISC"_s}, {u"libxcb"_s, u"MIT"_s},
        {u"Boost"_s, u"BSL-1.0"_s}, {u"OpenSSL"_s, u"Apache-2.0"_s},
        {u"CLI11"_s, u"BSD-3-Clause"_s}, {u"nlohmann/json"_s, u"MIT"_s}};
}

QTableWidgetItem *cell(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

AboutWindow::AboutWindow(QWidget *parent)
    : QDialog(parent, Qt::Window)
{
    setWindowTitle(tr("About Latchkey"));
    // In this order, or the Tab key would leave one of them out.
    auto *buttons = new QDialogButtonBox;
    QPushButton *report =
        buttons->addButton(tr("Report a &problem…"), QDialogButtonBox::ActionRole);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    connect(report, &QPushButton::clicked, this, &AboutWindow::reportRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin);
    layout->addWidget(makeHeader());
    layout->addWidget(makeLicences(), 1);
    layout->addWidget(buttons);
    close->setDefault(true);
    close->setFocus();
    new WholeWindow(this);
    resize(fontMetrics().averageCharWidth() * 72, fontMetrics().height() * 24);
}

QWidget *AboutWindow::makeHeader()
{
    auto *icon = new QLabel;
    icon->setPixmap(
        applicationIcon().pixmap(QSize(1, 1) * (fontMetrics().height() * 4), devicePixelRatio()));
    auto *name = new Heading(tr("Latchkey %1", "version").arg(QStringLiteral(LATCHKEY_VERSION)));
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *text = new QLabel(tr("Keeps you signed in to your backup appliances. Latchkey is free "
                               "software under the Apache License 2.0."));
    text->setWordWrap(true);
    auto *header = new QWidget;
    auto *layout = new QGridLayout(header);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(fontMetrics().height());
    layout->addWidget(icon, 0, 0, 2, 1, Qt::AlignTop);
    layout->addWidget(name, 0, 1);
    layout->addWidget(text, 1, 1);
    layout->setColumnStretch(1, 1);
    return header;
}

QWidget *AboutWindow::makeLicences()
{
    const QList<Part> all = parts();
    auto *table = new QTableWidget(static_cast<int>(all.size()), 2);
    table->setAccessibleName(tr("Made of"));
    table->setHorizontalHeaderLabels({tr("Made of"), tr("Licence")});
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, cell(all.at(row).name));
        table->setItem(row, 1, cell(all.at(row).licence));
    }
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    return table;
}

} // namespace latchkey::ui
