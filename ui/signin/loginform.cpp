// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginform.h"

#include "session/words/sentences.h"
#include "signin/formhead.h"
#include "signin/placenote.h"
#include "widgets/busyhint.h"
#include "widgets/fields/secretfield.h"
#include "widgets/fields/validatedlineedit.h"
#include "widgets/plaintext.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

LoginForm::LoginForm(MoreOptions::IsTaken isTaken, KindSource kinds, QWidget *parent)
    : QWidget(parent)
    , m_head(new FormHead)
    , m_rows(new QFormLayout)
    , m_server(new ValidatedLineEdit(tr("Appliance"), new QLineEdit))
    , m_place(new PlaceNote)
    , m_user(new ValidatedLineEdit(tr("User name"), new QLineEdit))
    , m_secret(new SecretField)
    , m_password(new ValidatedLineEdit(tr("Password"), m_secret))
    , m_keep(new QCheckBox(tr("&Keep me signed in")))
    , m_where(new QLabel)
    , m_busy(new BusyHint)
    , m_signIn(new QPushButton(tr("Sign in")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    makeRows();
    m_more = new MoreOptions(m_rows, std::move(isTaken), std::move(kinds), this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_head);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(m_rows);
    layout->addStretch();
    layout->addLayout(m_busy->besideButtons(m_signIn, m_cancel));

    connect(m_signIn, &QPushButton::clicked, this, &LoginForm::submitted);
    connect(m_cancel, &QPushButton::clicked, this, &LoginForm::cancelled);
    connect(m_server->edit(), &QLineEdit::textChanged, this, &LoginForm::onServerChanged);
    connect(m_server->edit(), &QLineEdit::editingFinished, this, &LoginForm::look);
    for (const ValidatedLineEdit *field : fields())
        connect(field->edit(), &QLineEdit::textEdited, &m_rest, qOverload<>(&QTimer::start));
    m_rest.setSingleShot(true);
    m_rest.setInterval(restTime);
    connect(&m_rest, &QTimer::timeout, this, &LoginForm::tellOfCertificate);
    connect(m_keep, &QCheckBox::toggled, this, &LoginForm::sayWhere);
    connect(m_more->kind(), &KindField::changed, this, &LoginForm::tellOfTheAppliance);
    connect(m_more->kind(), &KindField::looked, this, &LoginForm::onLooked);
}

void LoginForm::makeRows()
{
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_server->addTo(m_rows, tr("&Appliance"));
    m_rows->addRow(QString(), m_place);
    m_rows->setRowVisible(m_place, false);
    m_user->addTo(m_rows, tr("&User name"));
    m_password->addTo(m_rows, tr("&Password"));
    m_rows->addRow(QString(), makeKeep());
    m_server->edit()->setPlaceholderText(u"https://backup.example.com"_s);
    m_server->edit()->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_secret->offerToShow(tr("Show password"));
}

QLayout *LoginForm::makeKeep()
{
    m_keep->setChecked(true);
    m_where->setWordWrap(true);
    m_where->setIndent(style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, m_keep)
        + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, m_keep));
    sayWhere();
    auto *layout = new QVBoxLayout;
    layout->setSpacing(fontMetrics().height() / 6);
    layout->addWidget(m_keep);
    layout->addWidget(m_where);
    layout->addStretch(); // or the words would stand in the middle of what is left
    return layout;
}

void LoginForm::setKeychain(const QString &name)
{
    m_keychain = name;
    sayWhere();
}

void LoginForm::sayWhere()
{
    QString where = tr("In memory only: the session ends with Latchkey.");
    if (m_keep->isChecked() && !m_keychain)
        where = tr("Sealed on this computer, with a key in the keychain.");
    else if (m_keep->isChecked() && !m_keychain->isEmpty())
        where = tr("Sealed on this computer, with a key in %1.").arg(*m_keychain);
    else if (m_keep->isChecked())
        where = tr("There is no keychain here: the session stays in memory and ends with "
                   "Latchkey.");
    m_where->setText(where);
    m_keep->setAccessibleDescription(where);
}

void LoginForm::prefill(const QString &server, const QString &user)
{
    const auto address = Account::serverFrom(server);
    const bool isAscii = std::ranges::all_of(server, [](QChar c) { return c.unicode() < 0x80; });
    m_server->edit()->setText(address && !isAscii ? address->toString(QUrl::FullyEncoded) : server);
    m_server->edit()->setCursorPosition(0); // or a long path would hide the host
    m_user->edit()->setText(user);
}

void LoginForm::sayItWasFilledIn()
{
    const bool isAddress = Account::serverFrom(m_server->text()).isOk();
    m_head->sayItWasFilledIn(isAddress ? place() : QString());
}

void LoginForm::setAccount(const Account &account)
{
    m_isOfAccount = true;
    prefill(account.server.toString(QUrl::FullyEncoded), account.user);
    m_rows->setRowVisible(m_server, false);
    m_rows->setRowVisible(m_user, false);
    m_keep->setChecked(account.keepSignedIn);
    m_more->setAccount(account);
    m_head->setAccount(account, m_more->kind()->name());
}

Account LoginForm::draft() const
{
    Account draft;
    draft.user = m_user->text();
    draft.keepSignedIn = m_keep->isChecked();
    draft.pin = m_pin;
    m_more->writeTo(draft);
    return draft;
}

QString LoginForm::server() const
{
    const auto typed = Account::serverFrom(m_server->text());
    return typed ? m_more->kind()->serverFor(*typed).toString(QUrl::FullyEncoded)
                 : m_server->text();
}

//! Its host and port, as they are sent; what is no address, as it was typed.
QString LoginForm::place() const
{
    const auto server = Account::serverFrom(m_server->text());
    return server ? server->authority(QUrl::FullyEncoded) : escaped(m_server->text());
}

Credentials LoginForm::credentials() const
{
    return {m_secret->secret(), m_more->clientSecret()};
}

void LoginForm::wipePassword()
{
    m_secret->clear();
    m_secret->setShown(false);
    m_more->wipe();
}

//! From top to bottom.
bool LoginForm::check()
{
    for (ValidatedLineEdit *field : fields())
        field->setProblem({});
    showRefusal({});
    if (const auto server = Account::serverFrom(m_server->text()); !server)
        showProblem(server.error());
    else if (const auto user = Account::userFrom(m_user->text()); !user)
        showProblem(user.error());
    else if (m_secret->text().isEmpty())
        markPassword();
    else if (const auto problem = problemOfTheName())
        showProblem(*problem);
    else
        return true;
    return false;
}

void LoginForm::markPassword()
{
    constexpr qsizetype most = 60;
    m_password->setProblem(tr("Enter here the password that %1 has on %2.", "a user, an appliance")
            .arg(shortened(escaped(m_user->text().trimmed()), most), shortened(place(), most)));
    focusPassword();
}

std::optional<AccountProblem> LoginForm::problemOfTheName() const
{
    Account probe = draft();
    probe.user = u"somebody"_s;
    probe.kind = u"any"_s;
    const auto made = Account::make(probe, u"localhost"_s);
    return made ? std::nullopt : std::optional(made.error());
}

void LoginForm::showProblem(AccountProblem problem)
{
    const QString sentence = sentenceFor(problem).translated;
    if (problem == AccountProblem::KindUnknown || problem == AccountProblem::KindNotAllowed) {
        m_more->unfold();
        m_more->kind()->showProblem(sentence);
        m_more->kind()->setFocus(Qt::OtherFocusReason);
        return;
    }
    ValidatedLineEdit *field = fieldOf(problem);
    if (m_more->fields().contains(field))
        m_more->unfold();
    field->setProblem(sentence);
    field->setFocus(Qt::OtherFocusReason);
}

void LoginForm::showRefusal(const QString &sentence)
{
    m_head->showRefusal(sentence);
}

void LoginForm::setBusy(bool isBusy)
{
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_server, m_user, m_password, m_keep, m_signIn})
        widget->setDisabled(isBusy);
    m_more->setDisabled(isBusy);
    if (isBusy)
        m_secret->setShown(false);
    m_busy->setText(isBusy ? tr("Signing in…") : QString());
    // A second Enter must not cancel what the first one has begun.
    m_cancel->setAutoDefault(!isBusy);
    if (isBusy)
        m_cancel->setFocus(Qt::OtherFocusReason);
}

void LoginForm::focusFirstOpenField()
{
    QWidget *open = m_signIn;
    for (ValidatedLineEdit *field : {m_password, m_user, m_server})
        open = field->text().isEmpty() ? field : open;
    open->setFocus(Qt::OtherFocusReason);
}

void LoginForm::focusPassword()
{
    m_password->setFocus(Qt::OtherFocusReason);
    m_password->edit()->selectAll();
}

void LoginForm::focusServer()
{
    m_isOfAccount ? focusPassword() : m_server->setFocus(Qt::OtherFocusReason);
}

ValidatedLineEdit *LoginForm::fieldOf(AccountProblem problem) const
{
    switch (problem) {
    case AccountProblem::ServerMissing:
    case AccountProblem::ServerInvalid:
    case AccountProblem::ServerInsecure:
    case AccountProblem::ServerTooLong:
    case AccountProblem::Disputed:
    case AccountProblem::ApplianceNotAllowed:
    case AccountProblem::PinFixed:
    case AccountProblem::PolicyUnknown:
        return m_isOfAccount ? m_password : m_server;
    case AccountProblem::ClientTooLong:
        return m_more->clientId();
    case AccountProblem::UserMissing:
    case AccountProblem::UserTooLong:
        return m_user;
    case AccountProblem::NameMissing:
    case AccountProblem::NameInvalid:
    case AccountProblem::NameTaken:
    case AccountProblem::Busy: // of a rename only
    case AccountProblem::TooMany:
        return m_more->name();
    case AccountProblem::KindUnknown:
    case AccountProblem::KindNotAllowed: // both said at a field of another class
        break;
    }
    Q_UNREACHABLE();
}

QList<ValidatedLineEdit *> LoginForm::fields() const
{
    return QList{m_server, m_user, m_password} + m_more->fields();
}

bool LoginForm::hasKind()
{
    if (m_more->kind()->isSettled())
        return true;
    look();
    m_isSubmitted = m_more->kind()->isLooking();
    setBusy(m_isSubmitted);
    m_isSubmitted ? showLooking() : focusOpenQuestion();
    return false;
}

//! What keeps it from looking is said at once, and holds up nothing.
void LoginForm::look()
{
    if (m_isOfAccount || m_server->text().isEmpty())
        return;
    const auto server = Account::serverFrom(m_server->text());
    if (!server)
        return m_server->setProblem(sentenceFor(server.error()).translated);
    m_rest.start();
    m_more->kind()->look(*server);
    if (m_more->kind()->isLooking())
        showLooking();
}

void LoginForm::showLooking()
{
    m_busy->setText(tr("Looking at the appliance…"));
}

void LoginForm::onServerChanged()
{
    if (m_isOfAccount)
        return;
    m_pin = {};
    m_seen = {};
    m_more->suggestName(m_server->text());
    m_more->kind()->forgetFound();
}

void LoginForm::tellOfTheAppliance()
{
    const KindField *kind = m_more->kind();
    m_place->tell(kind->name(), kind->hint());
    m_rows->setRowVisible(m_place, !m_isOfAccount && !kind->name().isEmpty());
    m_server->setProblem(kind->openQuestion());
}

void LoginForm::onLooked()
{
    m_busy->setText({});
    tellOfTheAppliance();
    if (std::exchange(m_isSubmitted, false))
        return goOn();
    if (!m_rest.isActive())
        tellOfCertificate();
}

//! Whoever has begun with the password is asked once they want to sign in, before it is sent.
void LoginForm::tellOfCertificate()
{
    const bool isBusy = !m_signIn->isEnabled() || !m_secret->text().isEmpty();
    const auto certificate = isBusy ? std::nullopt : m_more->kind()->untrusted();
    if (certificate && certificate->fingerprint != std::exchange(m_seen, certificate->fingerprint))
        Q_EMIT certificateSeen(*certificate);
}

//! What was found is shown before anything is sent, if the kind has something to tell or to ask.
void LoginForm::goOn()
{
    setBusy(false);
    const auto kind = m_more->kind()->kind();
    if (!m_more->kind()->isSettled())
        focusOpenQuestion();
    else if (kind && kind->hasClients())
        m_more->clientId()->setFocus(Qt::OtherFocusReason);
    else if (kind && !kind->hints.isEmpty())
        m_user->setFocus(Qt::OtherFocusReason);
    else
        Q_EMIT submitted();
}

//! The kind may be chosen where it was not found; else the address is wrong or lacks the port.
void LoginForm::focusOpenQuestion()
{
    if (!m_more->kind()->kindId().isEmpty() || m_more->kind()->isForbidden())
        return m_server->setFocus(Qt::OtherFocusReason);
    m_more->unfold();
    m_more->kind()->setFocus(Qt::OtherFocusReason);
}

} // namespace latchkey::ui
