// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/moreoptions.h"

#include "widgets/fields/secretfield.h"
#include "widgets/fields/validatedlineedit.h"
#include "widgets/icons.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHostAddress>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

MoreOptions::MoreOptions(QFormLayout *rows, IsTaken isTaken, KindSource kinds, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_isTaken(std::move(isTaken))
    , m_fold(new QToolButton)
    , m_name(new ValidatedLineEdit(tr("Name"), new QLineEdit))
    , m_kind(new KindField(std::move(kinds)))
    , m_shortLived(new QCheckBox(tr("S&hort-lived session")))
    , m_clientId(new ValidatedLineEdit(tr("Client ID"), new QLineEdit))
    , m_secret(new SecretField)
    , m_clientSecret(new ValidatedLineEdit(tr("Client secret"), m_secret))
{
    m_fold->setText(tr("&More"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_name->edit()->setToolTip(tr("What you and your scripts call this session"));
    m_shortLived->setToolTip(tr("Asks the appliance for a session that ends soon when unused"));
    rows->addRow(m_fold);
    m_name->addTo(rows, tr("&Name"));
    auto *kind = new QLabel(tr("Kin&d"));
    kind->setBuddy(m_kind);
    rows->addRow(kind, m_kind);
    rows->addRow(QString(), m_shortLived);
    m_clientId->addTo(rows, tr("Client &ID"));
    m_clientSecret->addTo(rows, tr("&Client secret"));

    connect(m_fold, &QToolButton::toggled, this, &MoreOptions::showRows);
    connect(m_kind, &KindField::changed, this, &MoreOptions::onKindChanged);
    connect(m_name->edit(), &QLineEdit::textChanged, this,
        [this](const QString &text) { m_hasOwnName = !text.isEmpty() && text != m_suggestion; });
    showRows();
}

void MoreOptions::unfold()
{
    m_fold->setChecked(true);
}

void MoreOptions::setAccount(const Account &account)
{
    m_isOfAccount = true;
    setName(account.name);
    m_clientId->edit()->setText(account.clientId);
    m_shortLived->setChecked(account.shortLived);
    m_kind->fixKind(account.kind);
}

void MoreOptions::setName(const QString &name)
{
    m_name->edit()->setText(name);
}

void MoreOptions::writeTo(Account &draft) const
{
    const auto kind = m_kind->kind();
    draft.name = m_name->text();
    draft.kind = m_kind->kindId();
    if (hasClients())
        draft.clientId = m_clientId->text().trimmed();
    draft.shortLived = m_shortLived->isChecked() && (!kind || kind->hasShortLived());
}

Secret MoreOptions::clientSecret() const
{
    return m_secret->secret();
}

void MoreOptions::wipe()
{
    m_secret->clear();
}

void MoreOptions::setDisabled(bool isDisabled)
{
    for (QWidget *widget : std::initializer_list<QWidget *>{m_fold, m_kind, m_shortLived})
        widget->setDisabled(isDisabled);
    for (ValidatedLineEdit *field : fields())
        field->setDisabled(isDisabled);
}

QList<ValidatedLineEdit *> MoreOptions::fields() const
{
    return {m_name, m_clientId, m_clientSecret};
}

//! A client has to be seen, as it may have to be named.
void MoreOptions::onKindChanged()
{
    if (hasClients())
        unfold();
    showRows();
}

void MoreOptions::showRows()
{
    const auto kind = m_kind->kind();
    const bool isOpen = m_fold->isChecked();
    const bool hasShortLived = !kind || kind->hasShortLived();
    m_fold->setIcon(foldIcon(isOpen, m_fold->layoutDirection()));
    m_rows->setRowVisible(m_fold, !m_isOfAccount || hasShortLived || hasClients());
    m_rows->setRowVisible(m_name, isOpen && !m_isOfAccount);
    m_rows->setRowVisible(m_kind, isOpen && !m_isOfAccount);
    m_rows->setRowVisible(m_shortLived, isOpen && hasShortLived);
    m_rows->setRowVisible(m_clientId, isOpen && hasClients() && !m_isOfAccount);
    m_rows->setRowVisible(m_clientSecret, isOpen && hasClients());
}

bool MoreOptions::hasClients() const
{
    const auto kind = m_kind->kind();
    return kind && kind->hasClients();
}

//! `prod-eu` of https://prod-eu.example.com, `prod-eu-2` where that one exists.
QString MoreOptions::suggestedName(const QString &server) const
{
    const auto url = Account::serverFrom(server);
    if (!url)
        return {};
    const QString host = url->host();
    const QString base = QHostAddress(host).isNull() ? host.section(u'.', 0, 0) : host;
    QString name = base;
    for (int i = 2; m_isTaken(name); ++i)
        name = u"%1-%2"_s.arg(base).arg(i);
    return name;
}

void MoreOptions::suggestName(const QString &server)
{
    if (m_hasOwnName)
        return;
    m_suggestion = suggestedName(server);
    setName(m_suggestion);
}

} // namespace latchkey::ui
