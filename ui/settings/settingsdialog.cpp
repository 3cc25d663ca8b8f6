// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settingsdialog.h"

#include "settings/generalpage.h"
#include "settings/networkpage.h"
#include "settings/securitypage.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include "config/settings.h"
#include "session/words/sentences.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace latchkey::ui {

SettingsDialog::SettingsDialog(
    Settings &settings, Autostart autostart, const QStringList &languages, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_trouble(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_pages(new QTabWidget)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close))
{
    m_buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter is for the fields
    setWindowTitle(tr("Settings"));
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height() / 2;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(m_trouble);
    layout->addWidget(m_pages, 1);
    // The keyboard goes to the tabs alone: around them is a frame that has no name to tell.
    m_pages->setFocusProxy(nullptr);
    m_pages->setFocusPolicy(Qt::NoFocus);
    addPage(new GeneralPage(settings, std::move(autostart), languages), tr("&General"));
    addPage(new SecurityPage(settings), tr("S&ecurity"));
    addPage(new NetworkPage(settings), tr("&Network"));
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 64, 0});
    m_pages->tabBar()->setFocus();
    showTrouble();
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_settings, &Settings::changed, this, &SettingsDialog::showTrouble);
}

void SettingsDialog::addPage(QWidget *page, const QString &title)
{
    const int margin = fontMetrics().height() * 3 / 4;
    if (page->layout())
        page->layout()->setContentsMargins(margin, margin, margin, margin);
    m_pages->addTab(page, title);
    // Below all pages, also for the Tab key.
    m_buttons->setParent(nullptr);
    layout()->addWidget(m_buttons);
}

void SettingsDialog::showTrouble()
{
    const auto trouble = m_settings.administration().trouble();
    m_trouble->setText(trouble ? escaped(trouble->translated) : QString());
}

} // namespace latchkey::ui
