// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/networkpage.h"

#include "settings/administratornote.h"
#include "settings/numberbox.h"
#include "widgets/fields/choicebox.h"
#include "widgets/fields/validatedlineedit.h"

#include "config/settings.h"

#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace latchkey::ui {

namespace {

constexpr int usualPort = 3128;
constexpr int mostPorts = 65535;

} // namespace

NetworkPage::NetworkPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_use(new ChoiceBox(tr("Proxy"),
          {{tr("As on this computer"), ProxyUse::System}, {tr("None"), ProxyUse::None},
              {tr("This one:"), ProxyUse::Own}}))
    , m_host(new ValidatedLineEdit(tr("Host"), new QLineEdit))
    , m_port(new NumberBox)
    , m_user(new QLineEdit)
    , m_note(new AdministratorNote({m_use, m_host->edit(), m_port, m_user}))
    , m_hint(new QLabel)
{
    m_port->setRange(1, mostPorts);
    m_port->setValue(usualPort);
    m_port->setAccessibleName(tr("Port"));
    m_user->setAccessibleName(tr("User name"));
    m_user->setPlaceholderText(tr("None"));
    m_hint->setWordWrap(true);
    auto *rows = new QFormLayout;
    const auto addRow = [&](const QString &label, QWidget *control, QWidget *field = nullptr) {
        auto *caption = new QLabel(label);
        caption->setBuddy(control);
        rows->addRow(caption, m_note->marked(control, field));
    };
    addRow(tr("Pro&xy"), m_use);
    addRow(tr("&Host"), m_host->edit(), m_host);
    addRow(tr("&Port"), m_port);
    addRow(tr("&User name"), m_user);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addLayout(rows);
    layout->addWidget(m_hint);
    layout->addStretch();
    showValues();
    listen();
}

void NetworkPage::listen()
{
    connect(&m_settings, &Settings::changed, this, &NetworkPage::showValues);
    connect(m_use, &ChoiceBox::chosen, this, &NetworkPage::onChosen);
    connect(m_host->edit(), &QLineEdit::editingFinished, this, &NetworkPage::save);
    connect(m_port, &QSpinBox::valueChanged, this, &NetworkPage::save);
    connect(m_user, &QLineEdit::editingFinished, this, &NetworkPage::save);
}

void NetworkPage::showValues()
{
    const ProxySetting proxy = m_settings.value(&SettingValues::proxy);
    if (m_shown != proxy) {
        const QSignalBlocker blocker(m_port);
        m_use->choose(proxy.use);
        m_host->edit()->setText(proxy.host);
        m_port->setValue(proxy.port ? proxy.port : usualPort);
        m_user->setText(proxy.user);
        m_shown = proxy;
    }
    showWhich();
}

void NetworkPage::showWhich()
{
    const bool isFixed = m_settings.isFixed(&SettingValues::proxy);
    m_note->setFixed(isFixed);
    m_hint->setText(isFixed
            ? tr("Latchkey keeps no password for a proxy. If yours needs one, ask your "
                 "administrator.")
            : tr("Latchkey keeps no password for a proxy. If yours needs one, choose "
                 "“As on this computer” and set https_proxy."));
    const bool isOwn = use() == ProxyUse::Own && !isFixed;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_host->edit(), m_port, m_user})
        widget->setEnabled(isOwn);
}

ProxyUse::Value NetworkPage::use() const
{
    return m_use->currentData().value<ProxyUse::Value>();
}

//! One of one's own counts once it has a host.
void NetworkPage::onChosen()
{
    m_host->setProblem({});
    showWhich();
    if (use() == ProxyUse::Own && m_host->text().isEmpty())
        m_host->setFocus(Qt::OtherFocusReason);
    else
        save();
}

void NetworkPage::save()
{
    const ProxySetting proxy{use(), m_host->text().trimmed(), static_cast<quint16>(m_port->value()),
        m_user->text().trimmed()};
    if (proxy.use == ProxyUse::Own && !ProxySetting::isHost(proxy.host)) {
        m_host->setProblem(tr("Enter the name or the address of the proxy, without its port."));
        return;
    }
    m_shown = proxy;
    m_settings.set(&SettingValues::proxy, proxy);
}

} // namespace latchkey::ui
