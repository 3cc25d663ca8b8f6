// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/donepage.h"

#include "sessions/copying/copytext.h"
#include "settings/administratornote.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/fields/valuefield.h"
#include "widgets/heading.h"
#include "widgets/icons.h"
#include "widgets/noticelabel.h"

#include "session/sessionsnapshot.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

DonePage::DonePage(FirstSteps steps, const SessionSnapshot &session, QWidget *parent)
    : QWidget(parent)
    , m_steps(std::move(steps))
    , m_starts(new QCheckBox(tr("&Start Latchkey when I sign in to this computer")))
    , m_command(new ValueField(tr("Command for scripts")))
    , m_close(new QPushButton(tr("Done")))
{
    auto *text = new PlainLabel;
    text->setPlainText(tr("Latchkey keeps %1 signed in from now on. Scripts get its token with "
                          "this line:")
            .arg(session.account.name));
    auto *noTray = new NoticeLabel(NoticeLabel::Sign::Information);
    auto *noKeychain = new NoticeLabel(NoticeLabel::Sign::Warning);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_close, QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new Heading(tr("You are signed in")));
    layout->addWidget(text);
    layout->addLayout(makeCommand(session.account.name));
    layout->addSpacing(fontMetrics().height() / 2);
    auto *fixed = new AdministratorNote({m_starts});
    layout->addWidget(m_starts);
    layout->addWidget(fixed);
    fixed->setFixed(m_steps.isAutostartFixed); // once it is in the page, or it would be a window
    layout->addWidget(noTray);
    layout->addWidget(noKeychain);
    layout->addStretch();
    layout->addWidget(buttons);

    m_starts->setChecked(m_steps.autostart.isEnabled());
    if (!m_steps.hasTray)
        noTray->setText(tr("This desktop has no tray: when you close the window, it minimizes."));
    if (!session.isPersisted && session.account.keepSignedIn)
        noKeychain->setText(tr("There is no keychain that Latchkey could use: the session ends "
                               "with Latchkey."));
    connect(m_starts, &QCheckBox::toggled, this, &DonePage::onStartsToggled);
    connect(m_close, &QPushButton::clicked, this, &DonePage::closed);
}

QLayout *DonePage::makeCommand(const QString &name)
{
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setValue(u"latchkeyctl token "_s + shellWord(name));
    auto *copy = new QPushButton(buttonIcon(u"copy"_s), tr("&Copy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    auto *row = new QHBoxLayout;
    row->addWidget(m_command, 1);
    row->addWidget(copy);
    return row;
}

//! Shows what is so, also where it could not be changed.
void DonePage::onStartsToggled(bool isOn)
{
    m_steps.autostart.setEnabled(isOn);
    const QSignalBlocker blocker(m_starts);
    m_starts->setChecked(m_steps.autostart.isEnabled());
}

} // namespace latchkey::ui
