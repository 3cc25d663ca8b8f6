// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settingsdialog.h"

#include "widgets/noticelabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto clearsKey = "clipboard/clears"_L1;
constexpr auto locksKey = "lock/withScreen"_L1;

} // namespace

SettingsDialog::SettingsDialog(QSettings &settings, Autostart autostart,
    SetLocksWithScreen setLocksWithScreen, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_autostart(std::move(autostart))
    , m_setLocksWithScreen(std::move(setLocksWithScreen))
    , m_starts(new QCheckBox(tr("&Start Latchkey when I sign in to this computer")))
    , m_clears(new QCheckBox(tr("&Clear a copied token once it is pasted, or after 30 seconds")))
    , m_locks(new QCheckBox(tr("&Lock when the screen locks or the computer sleeps")))
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    setWindowTitle(tr("Settings"));
    m_starts->setChecked(m_autostart.isEnabled());
    m_clears->setChecked(clearsClipboard(settings));
    m_locks->setChecked(locksWithScreen(settings));
    showObstacle();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *programs = new QPushButton(tr("&Programs…"));
    programs->setAutoDefault(false);
    buttons->addButton(programs, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2);
    layout->addWidget(m_starts);
    layout->addWidget(m_problem);
    layout->addWidget(m_clears);
    layout->addLayout(makeLock());
    layout->addSpacing(margin);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(programs, &QPushButton::clicked, this, &SettingsDialog::programsRequested);
    connect(m_starts, &QCheckBox::toggled, this, &SettingsDialog::onAutostartToggled);
    connect(m_clears, &QCheckBox::toggled, this,
        [this](bool isOn) { m_settings.setValue(clearsKey, isOn); });
    connect(m_locks, &QCheckBox::toggled, this, &SettingsDialog::onLocksToggled);
}

QLayout *SettingsDialog::makeLock()
{
    auto *hint = new QLabel(tr("Programs get no tokens meanwhile. Sessions stay fresh."));
    hint->setWordWrap(true);
    hint->setIndent(style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, m_locks)
        + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, m_locks));
    m_locks->setAccessibleDescription(hint->text());
    auto *layout = new QVBoxLayout;
    layout->setSpacing(fontMetrics().height() / 6);
    layout->addWidget(m_locks);
    layout->addWidget(hint);
    return layout;
}

bool SettingsDialog::clearsClipboard(const QSettings &settings)
{
    return settings.value(clearsKey, true).toBool();
}

bool SettingsDialog::locksWithScreen(const QSettings &settings)
{
    return settings.value(locksKey, true).toBool();
}

void SettingsDialog::onLocksToggled(bool isOn)
{
    m_settings.setValue(locksKey, isOn);
    m_setLocksWithScreen(isOn);
}

void SettingsDialog::onAutostartToggled(bool isOn)
{
    const bool isDone = m_autostart.setEnabled(isOn);
    if (isDone) {
        showObstacle();
    } else {
        m_problem->setText(tr("This could not be changed. Is your configuration folder writable, "
                              "and the disk not full?"));
    }
    const QSignalBlocker blocker(m_starts);
    m_starts->setChecked(m_autostart.isEnabled());
}

//! What the desktop will do otherwise than the entry seems to say.
void SettingsDialog::showObstacle()
{
    const AutostartObstacle obstacle = m_autostart.obstacle();
    m_starts->setEnabled(obstacle != AutostartObstacle::NotWritable);
    switch (obstacle) {
    case AutostartObstacle::None:
        return m_problem->setText({});
    case AutostartObstacle::OtherDesktops:
        return m_problem->setText(tr("Your desktop does not start Latchkey: the autostart entry is "
                                     "for other desktops only. Check the box to change that."));
    case AutostartObstacle::ProgramMissing:
        return m_problem->setText(tr("Your desktop does not start Latchkey: the autostart entry "
                                     "names a program that is not there. Check the box to change "
                                     "that."));
    case AutostartObstacle::NotWritable:
        return m_problem->setText(tr("This cannot be changed: the folder for autostart entries is "
                                     "not writable."));
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::ui
