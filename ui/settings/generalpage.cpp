// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/generalpage.h"

#include "settings/administratornote.h"
#include "widgets/fields/choicebox.h"
#include "widgets/noticelabel.h"

#include "config/settings.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! Each in its own words, so that whoever sees a foreign language finds the way back.
QString nameOf(const QString &language)
{
    const QLocale locale(language);
    QString name = locale.nativeLanguageName();
    name.replace(0, 1, locale.toUpper(name.first(1)));
    return language.contains(u'_') ? u"%1 (%2)"_s.arg(name, locale.nativeTerritoryName()) : name;
}

ChoiceBox::Choices languageChoices(QStringList languages)
{
    languages.append(u"en"_s);
    ChoiceBox::Choices choices;
    for (const QString &language : std::as_const(languages))
        choices.append({nameOf(language), language});
    std::ranges::sort(choices, [](const auto &a, const auto &b) {
        return QString::localeAwareCompare(a.first, b.first) < 0;
    });
    choices.prepend({GeneralPage::tr("As the desktop"), QString()});
    return choices;
}

void addRow(QFormLayout *rows, const QString &label, QWidget *control, AdministratorNote *note)
{
    auto *caption = new QLabel(label);
    caption->setBuddy(control);
    rows->addRow(caption, note->marked(control));
}

} // namespace

GeneralPage::GeneralPage(
    Settings &settings, Autostart autostart, const QStringList &languages, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_autostart(std::move(autostart))
    , m_starts(new QCheckBox(tr("&Start Latchkey when I sign in to this computer")))
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_language(new ChoiceBox(tr("Language"), languageChoices(languages)))
    , m_restart(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_appearance(new ChoiceBox(tr("Appearance"),
          {{tr("As the desktop"), Appearance::System}, {tr("Light"), Appearance::Light},
              {tr("Dark"), Appearance::Dark}}))
    , m_trayIcon(new ChoiceBox(tr("Tray icon"),
          {{tr("In colour"), TrayLook::Colour}, {tr("As a symbol"), TrayLook::Symbol}}))
    , m_note(new AdministratorNote({m_starts, m_language, m_appearance, m_trayIcon}))
{
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addLayout(m_note->marked(m_starts));
    layout->addWidget(m_problem);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(makeRows());
    layout->addStretch();
    showValues();
    listen();
}

QFormLayout *GeneralPage::makeRows()
{
    auto *rows = new QFormLayout;
    addRow(rows, tr("&Language"), m_language, m_note);
    rows->addRow(QString(), m_restart);
    addRow(rows, tr("&Appearance"), m_appearance, m_note);
    addRow(rows, tr("&Tray icon"), m_trayIcon, m_note);
    return rows;
}

void GeneralPage::listen()
{
    connect(&m_settings, &Settings::changed, this, &GeneralPage::showValues);
    connect(m_starts, &QCheckBox::toggled, this, &GeneralPage::onAutostartToggled);
    connect(m_language, &ChoiceBox::chosen, this,
        [this](const QVariant &value) { onLanguageChosen(value.toString()); });
    connect(m_appearance, &ChoiceBox::chosen, this, [this](const QVariant &value) {
        m_settings.set(&SettingValues::appearance, value.value<Appearance::Value>());
    });
    connect(m_trayIcon, &ChoiceBox::chosen, this, [this](const QVariant &value) {
        m_settings.set(&SettingValues::trayIcon, value.value<TrayLook::Value>());
    });
}

void GeneralPage::showValues()
{
    showAutostart();
    m_language->choose(m_settings.value(&SettingValues::language));
    m_note->setFixed(m_language, m_settings.isFixed(&SettingValues::language));
    m_appearance->choose(m_settings.value(&SettingValues::appearance));
    m_note->setFixed(m_appearance, m_settings.isFixed(&SettingValues::appearance));
    m_trayIcon->choose(m_settings.value(&SettingValues::trayIcon));
    m_note->setFixed(m_trayIcon, m_settings.isFixed(&SettingValues::trayIcon));
}

void GeneralPage::onLanguageChosen(const QString &language)
{
    m_settings.set(&SettingValues::language, language);
    m_restart->setText(tr("The language changes when Latchkey starts again."));
}

void GeneralPage::onAutostartToggled(bool isOn)
{
    const bool isDone = m_autostart.setEnabled(isOn);
    showAutostart();
    if (!isDone) {
        m_problem->setText(tr("This could not be changed. Is your configuration folder writable, "
                              "and the disk not full?"));
    }
}

//! With what the desktop will do otherwise than the entry seems to say.
void GeneralPage::showAutostart()
{
    const QSignalBlocker blocker(m_starts);
    m_starts->setChecked(m_autostart.isEnabled());
    m_note->setFixed(m_starts, m_settings.isFixed(&SettingValues::autostart));
    switch (m_autostart.obstacle()) {
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
        m_starts->setEnabled(false);
        return m_problem->setText(tr("This cannot be changed: the folder for autostart entries is "
                                     "not writable."));
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::ui
