// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/securitypage.h"

#include "settings/administratornote.h"
#include "settings/numberbox.h"
#include "widgets/fields/policycombobox.h"

#include "config/settings.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

namespace latchkey::ui {

namespace {

//! Where the text of a check box begins.
int indentOf(const QCheckBox *box)
{
    return box->style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, box)
        + box->style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, box);
}

QVBoxLayout *tightLayout(const QWidget *page)
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(page->fontMetrics().height() / 6);
    return layout;
}

} // namespace

SecurityPage::SecurityPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_locks(new QCheckBox(tr("Lock &when the screen locks or the computer sleeps")))
    , m_clears(new QCheckBox(tr("Clear a copied token &once it is pasted, at the latest after:")))
    , m_seconds(new NumberBox)
    , m_newSessions(new PolicyComboBox)
{
    auto *layout = new QVBoxLayout(this);
    const int gap = fontMetrics().height() / 2;
    describe();
    m_note = new AdministratorNote({m_locks, m_clears, m_seconds, m_newSessions});
    layout->addWidget(m_note);
    layout->addLayout(makeLock());
    layout->addSpacing(gap);
    layout->addLayout(makeClipboard());
    layout->addSpacing(gap);
    layout->addLayout(makeNewSessions());
    layout->addStretch();
    showValues();
    listen();
}

//! For assistive tools.
void SecurityPage::describe()
{
    m_locks->setAccessibleDescription(tr("Programs get no tokens meanwhile. Sessions stay fresh."));
    m_seconds->setAccessibleName(tr("Seconds until a copied token is cleared"));
    m_newSessions->setAccessibleName(tr("Programs, in new sessions"));
}

QLayout *SecurityPage::makeLock()
{
    auto *hint = new QLabel(m_locks->accessibleDescription());
    hint->setWordWrap(true);
    hint->setIndent(indentOf(m_locks));
    auto *layout = tightLayout(this);
    layout->addLayout(m_note->marked(m_locks));
    layout->addWidget(hint);
    return layout;
}

QLayout *SecurityPage::makeClipboard()
{
    m_seconds->setRange(1, SettingValues::longestInClipboard);
    m_seconds->setSuffix(tr(" s", "seconds"));
    auto *row = new QHBoxLayout;
    row->addSpacing(indentOf(m_clears));
    row->addLayout(m_note->marked(m_seconds));
    row->addStretch(1);
    auto *layout = tightLayout(this);
    layout->addLayout(m_note->marked(m_clears));
    layout->addLayout(row);
    return layout;
}

QLayout *SecurityPage::makeNewSessions()
{
    auto *caption = new QLabel(tr("Programs, &in new sessions"));
    caption->setBuddy(m_newSessions);
    auto *rows = new QFormLayout;
    rows->addRow(caption, m_note->marked(m_newSessions));
    return rows;
}

void SecurityPage::listen()
{
    connect(&m_settings, &Settings::changed, this, &SecurityPage::showValues);
    connect(m_locks, &QCheckBox::toggled, this,
        [this](bool isOn) { m_settings.set(&SettingValues::lock, isOn); });
    connect(m_clears, &QCheckBox::toggled, this, &SecurityPage::onClearsToggled);
    connect(m_seconds, &QSpinBox::valueChanged, this,
        [this](int seconds) { m_settings.set(&SettingValues::clipboardSeconds, seconds); });
    connect(
        m_newSessions, &PolicyComboBox::policyChosen, this, [this](HandOutPolicy::Value policy) {
            m_settings.set(&SettingValues::newSessions, policy);
        });
}

void SecurityPage::showValues()
{
    const QSignalBlocker locks(m_locks);
    const QSignalBlocker clears(m_clears);
    const QSignalBlocker time(m_seconds);
    m_locks->setChecked(m_settings.value(&SettingValues::lock));
    m_note->setFixed(m_locks, m_settings.isFixed(&SettingValues::lock));
    const int seconds = m_settings.value(&SettingValues::clipboardSeconds);
    m_clears->setChecked(seconds > 0);
    if (seconds > 0)
        m_seconds->setValue(seconds);
    const bool isTimeFixed = m_settings.isFixed(&SettingValues::clipboardSeconds);
    m_note->setFixed(m_clears, isTimeFixed);
    m_note->setFixed(m_seconds, isTimeFixed);
    m_seconds->setEnabled(!isTimeFixed && seconds > 0);
    m_newSessions->setPolicy(m_settings.value(&SettingValues::newSessions));
    m_note->setFixed(m_newSessions, m_settings.isFixed(&SettingValues::newSessions));
}

void SecurityPage::onClearsToggled(bool isOn)
{
    m_settings.set(&SettingValues::clipboardSeconds, isOn ? m_seconds->value() : 0);
}

} // namespace latchkey::ui
