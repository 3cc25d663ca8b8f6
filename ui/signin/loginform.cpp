// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginform.h"

#include "session/words/sentences.h"
#include "widgets/busyhint.h"
#include "widgets/noticelabel.h"
#include "widgets/secretfield.h"
#include "widgets/validatedlineedit.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHostAddress>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

LoginForm::LoginForm(IsTaken isTaken, KindSource kinds, QWidget *parent)
    : QWidget(parent)
    , m_isTaken(std::move(isTaken))
    , m_rows(new QFormLayout)
    , m_refusal(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_secret(new SecretField)
    , m_kind(new KindField(std::move(kinds)))
    , m_clientSecret(new SecretField)
    , m_keep(new QCheckBox(tr("&Keep me signed in")))
    , m_shortLived(new QCheckBox(tr("S&hort-lived session")))
    , m_busy(new BusyHint)
    , m_signIn(new QPushButton(tr("Sign in")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_server = addField(tr("&Appliance"), tr("Appliance"), new QLineEdit);
    m_user = addField(tr("&User name"), tr("User name"), new QLineEdit);
    m_password = addField(tr("&Password"), tr("Password"), m_secret);
    m_clientId = addField(tr("Client &ID"), tr("Client ID"), new QLineEdit);
    m_clientSecretField = addField(tr("&Client secret"), tr("Client secret"), m_clientSecret);
    m_name = addField(tr("&Name"), tr("Name"), new QLineEdit);
    auto *kind = new QLabel(tr("Kin&d"));
    kind->setBuddy(m_kind);
    m_rows->addRow(kind, m_kind);
    m_server->edit()->setPlaceholderText(u"https://backup.example.com"_s);
    m_server->edit()->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_secret->offerToShow(tr("Show password"));
    m_name->edit()->setToolTip(tr("What you and your scripts call this session"));
    m_rows->addRow(QString(), m_keep);
    m_rows->addRow(QString(), m_shortLived);
    m_keep->setChecked(true);
    m_keep->setToolTip(
        tr("Saves the session on this computer, sealed with a key in the keychain, so that it "
           "outlives Latchkey"));
    m_shortLived->setToolTip(tr("Asks the appliance for a session that ends soon when unused"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_refusal);
    layout->addLayout(m_rows);
    layout->addStretch();
    layout->addLayout(m_busy->besideButtons(m_signIn, m_cancel));

    connect(m_signIn, &QPushButton::clicked, this, &LoginForm::submitted);
    connect(m_cancel, &QPushButton::clicked, this, &LoginForm::cancelled);
    connect(m_server->edit(), &QLineEdit::textChanged, this, &LoginForm::suggestName);
    connect(m_server->edit(), &QLineEdit::textChanged, this, &LoginForm::forgetKind);
    connect(m_server->edit(), &QLineEdit::editingFinished, this, &LoginForm::look);
    connect(m_kind, &KindField::kindChanged, this, &LoginForm::showFieldsOfTheKind);
    connect(m_kind, &KindField::looked, this, &LoginForm::onLooked);
    showFieldsOfTheKind();
    connect(m_name->edit(), &QLineEdit::textChanged, this,
        [this](const QString &text) { m_hasOwnName = !text.isEmpty() && text != m_suggestion; });
}

ValidatedLineEdit *LoginForm::addField(const QString &label, const QString &name, QLineEdit *edit)
{
    auto *field = new ValidatedLineEdit(name, edit);
    auto *caption = new QLabel(label);
    caption->setBuddy(field->edit());
    m_rows->addRow(caption, field);
    return field;
}

void LoginForm::prefill(const QString &server, const QString &user, const QString &name)
{
    m_name->edit()->setText(name);
    m_server->edit()->setText(server);
    m_user->edit()->setText(user);
}

void LoginForm::setAccount(const Account &account)
{
    prefill(account.server.toString(), account.user, account.name);
    for (ValidatedLineEdit *field : {m_server, m_user, m_clientId, m_name}) {
        field->edit()->setReadOnly(true);
        field->edit()->setFocusPolicy(Qt::ClickFocus);
    }
    m_kind->fixKind(account.kind);
    m_clientId->edit()->setText(account.clientId);
    m_keep->setChecked(account.keepSignedIn);
    m_shortLived->setChecked(account.shortLived);
}

Account LoginForm::draft() const
{
    Account draft;
    draft.name = m_name->text();
    draft.user = m_user->text();
    draft.kind = m_kind->kindId();
    const auto kind = m_kind->kind();
    if (kind && kind->hasClients())
        draft.clientId = m_clientId->text().trimmed();
    draft.keepSignedIn = m_keep->isChecked();
    draft.shortLived = m_shortLived->isChecked() && (!kind || kind->hasShortLived());
    return draft;
}

QString LoginForm::server() const
{
    const auto typed = Account::serverFrom(m_server->text());
    return typed ? m_kind->serverFor(*typed).toString(QUrl::FullyEncoded) : m_server->text();
}

Credentials LoginForm::credentials() const
{
    return {m_secret->secret(), m_clientSecret->secret()};
}

void LoginForm::wipePassword()
{
    m_secret->clear();
    m_clientSecret->clear();
    m_secret->setShown(false);
}

bool LoginForm::check()
{
    for (ValidatedLineEdit *field : fields())
        field->setProblem({});
    showRefusal({});
    // Account::make() stops at the first problem; here a person is to see all of them.
    Account probe = draft();
    const auto tell = [&](AccountProblem problem) {
        showProblem(problem);
    };
    if (const auto server = Account::serverFrom(m_server->text()); !server)
        tell(server.error());
    if (const auto user = Account::userFrom(probe.user); !user)
        tell(user.error());
    probe.user = u"somebody"_s;
    probe.kind = u"any"_s;
    if (const auto named = Account::make(probe, u"localhost"_s); !named)
        tell(named.error());
    if (m_password->text().isEmpty())
        m_password->setProblem(tr("Enter your password on the appliance."));

    const auto all = fields();
    const auto first = std::ranges::find_if(all, [](auto *f) { return !f->problem().isEmpty(); });
    if (first == all.end())
        return true;
    (*first)->setFocus(Qt::OtherFocusReason);
    return false;
}

void LoginForm::showProblem(AccountProblem problem)
{
    const QString sentence = sentenceFor(problem).translated;
    if (problem == AccountProblem::KindUnknown) {
        m_kind->showProblem(sentence);
        m_kind->setFocus(Qt::OtherFocusReason);
        return;
    }
    ValidatedLineEdit *field = fieldOf(problem);
    field->setProblem(sentence);
    field->setFocus(Qt::OtherFocusReason);
}

void LoginForm::showRefusal(const QString &sentence)
{
    m_refusal->setText(sentence);
}

void LoginForm::setBusy(bool isBusy)
{
    for (ValidatedLineEdit *field : fields())
        field->setDisabled(isBusy);
    if (isBusy)
        m_secret->setShown(false);
    m_keep->setDisabled(isBusy);
    m_shortLived->setDisabled(isBusy);
    m_kind->setDisabled(isBusy);
    m_signIn->setDisabled(isBusy);
    m_busy->setText(isBusy ? tr("Signing in…") : QString());
    // A second Enter must not cancel what the first one has begun.
    m_cancel->setAutoDefault(!isBusy);
    if (isBusy)
        m_cancel->setFocus(Qt::OtherFocusReason);
}

void LoginForm::focusFirstOpenField()
{
    const auto all = fields();
    const auto open = std::ranges::find_if(all, [](ValidatedLineEdit *field) {
        return !field->edit()->isReadOnly() && field->text().isEmpty();
    });
    (open == all.end() ? m_signIn : static_cast<QWidget *>(*open))->setFocus(Qt::OtherFocusReason);
}

void LoginForm::focusPassword()
{
    m_password->setFocus(Qt::OtherFocusReason);
    m_password->edit()->selectAll();
}

void LoginForm::focusServer()
{
    m_server->edit()->isReadOnly() ? focusPassword() : m_server->setFocus(Qt::OtherFocusReason);
}

ValidatedLineEdit *LoginForm::fieldOf(AccountProblem problem) const
{
    switch (problem) {
    case AccountProblem::ServerMissing:
    case AccountProblem::ServerInvalid:
    case AccountProblem::ServerInsecure:
    case AccountProblem::ServerTooLong:
    case AccountProblem::Disputed:
        return m_server;
    case AccountProblem::ClientTooLong:
        return m_clientId;
    case AccountProblem::UserMissing:
    case AccountProblem::UserTooLong:
        return m_user;
    case AccountProblem::NameMissing:
    case AccountProblem::NameInvalid:
    case AccountProblem::NameTaken:
    case AccountProblem::Busy: // of a rename only
    case AccountProblem::TooMany:
        return m_name;
    case AccountProblem::KindUnknown: // said at a field of another class
        break;
    }
    Q_UNREACHABLE();
}

QList<ValidatedLineEdit *> LoginForm::fields() const
{
    return {m_server, m_user, m_password, m_clientId, m_clientSecretField, m_name};
}

bool LoginForm::hasKind()
{
    if (m_kind->isSettled())
        return true;
    look();
    m_isSubmitted = m_kind->isLooking();
    if (m_isSubmitted) {
        setBusy(true);
        showLooking();
    } else {
        focusOpenQuestion();
    }
    return false;
}

//! Before a password is typed, so that the form can ask for what this kind needs.
void LoginForm::look()
{
    const auto server = Account::serverFrom(m_server->text());
    if (!server || m_server->edit()->isReadOnly())
        return;
    m_kind->look(*server);
    if (m_kind->isLooking())
        showLooking();
}

void LoginForm::showLooking()
{
    m_busy->setText(tr("Looking at the appliance…"));
}

//! The address of an account that exists stays.
void LoginForm::forgetKind()
{
    if (!m_server->edit()->isReadOnly())
        m_kind->forgetFound();
}

//! What was found is shown before anything is sent, if the kind has something to tell or to ask.
void LoginForm::onLooked()
{
    m_busy->setText({});
    if (!std::exchange(m_isSubmitted, false))
        return;
    setBusy(false);
    const auto kind = m_kind->kind();
    if (!m_kind->isSettled())
        focusOpenQuestion();
    else if (kind && kind->hasClients())
        m_clientId->setFocus(Qt::OtherFocusReason);
    else if (kind && !kind->hints.isEmpty())
        m_user->setFocus(Qt::OtherFocusReason);
    else
        Q_EMIT submitted();
}

void LoginForm::focusOpenQuestion()
{
    const bool isAboutThePort = !m_kind->kindId().isEmpty();
    (isAboutThePort ? static_cast<QWidget *>(m_server) : m_kind)->setFocus(Qt::OtherFocusReason);
}

void LoginForm::showFieldsOfTheKind()
{
    const auto kind = m_kind->kind();
    const bool hasClients = kind && kind->hasClients();
    m_rows->setRowVisible(m_clientId, hasClients);
    m_rows->setRowVisible(m_clientSecretField, hasClients);
    m_rows->setRowVisible(m_shortLived, !kind || kind->hasShortLived());
}

//! `prod-eu` of https://prod-eu.example.com, `prod-eu-2` where that one exists.
QString LoginForm::suggestedName() const
{
    const auto server = Account::serverFrom(m_server->text());
    if (!server)
        return {};
    const QString host = server->host();
    const QString base = QHostAddress(host).isNull() ? host.section(u'.', 0, 0) : host;
    QString name = base;
    for (int i = 2; m_isTaken(name); ++i)
        name = u"%1-%2"_s.arg(base).arg(i);
    return name;
}

void LoginForm::suggestName()
{
    if (m_hasOwnName)
        return;
    m_suggestion = suggestedName();
    m_name->edit()->setText(m_suggestion);
}

} // namespace latchkey::ui
