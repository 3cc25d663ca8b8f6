// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/loginwindow.h"

#include "sessions/sessionview.h"
#include "signin/codepage.h"
#include "signin/donepage.h"
#include "signin/loginform.h"
#include "signin/trustpage.h"
#include "widgets/wholewindow.h"

#include "session/sessionmodel.h"
#include "session/words/mood.h"

#include <QCloseEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey::ui {

namespace {

//! Where another address or port may help, and another password does not.
bool isAboutTheServer(AuthError::Type type)
{
    using Type = AuthError::Type;
    static constexpr Type types[] = {Type::Offline, Type::VersionRefused, Type::BadReply,
        Type::TlsTooOld, Type::TlsRefused, Type::PlainHttp, Type::NotTls, Type::OtherUser,
        Type::ProxyUnreachable, Type::ProxyRefused, Type::ProxyUnusable};
    return std::ranges::find(types, type) != std::end(types);
}

KindSource withRule(KindSource kinds, const SessionModel &sessions)
{
    kinds.whyNot = [&sessions](const QUrl &server) {
        Account asked;
        asked.server = server;
        return sessions.whyNotSignIn(asked);
    };
    return kinds;
}

} // namespace

LoginWindow::LoginWindow(SessionModel &sessions, KindSource kinds, QWidget *parent)
    : QDialog(parent)
    , m_sessions(sessions)
    , m_pages(new QStackedWidget)
    , m_form(new LoginForm([this](const QString &name) { return isTaken(name); },
          withRule(std::move(kinds), sessions)))
{
    setWindowTitle(tr("Sign in"));
    m_pages->addWidget(m_form);
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(m_pages);
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 74, 0});

    connect(m_form, &LoginForm::certificateSeen, this, &LoginWindow::onCertificateSeen);
    connect(m_form, &LoginForm::submitted, this, &LoginWindow::onSubmitted);
    connect(m_form, &LoginForm::cancelled, this, &LoginWindow::reject);
    connect(&m_sessions, &SessionModel::sessionChanged, this, &LoginWindow::onSessionChanged);
    showForm();
    m_form->focusFirstOpenField();
}

void LoginWindow::prefill(const QString &server, const QString &user)
{
    m_form->prefill(server, user);
    if (!server.isEmpty())
        m_form->sayItWasFilledIn();
    m_form->look();
    m_form->focusFirstOpenField();
}

void LoginWindow::setKeychain(const QString &name)
{
    m_form->setKeychain(name);
}

void LoginWindow::setFirstSteps(const FirstSteps &steps)
{
    m_firstSteps = steps;
}

void LoginWindow::openSession(const QString &name)
{
    Session *session = m_sessions.find(name);
    if (!session)
        return;
    m_name = name;
    m_form->setAccount(session->account());
    m_form->showRefusal(SessionView(session->snapshot()).reason());
    m_form->focusPassword();
    const auto phase = session->phase();
    m_isFollowing = phase == Phase::SigningIn || hasOpenQuestion();
    if (m_isFollowing)
        follow(session);
}

void LoginWindow::onSubmitted()
{
    if (!m_form->check() || !m_form->hasKind())
        return;
    Q_EMIT submitted();
    m_isFollowing = false;
    const auto made = Account::make(m_form->draft(), m_form->server());
    if (!made)
        return m_form->showProblem(made.error());
    Account account = *made;
    if (m_isProvisional && !isStillMeant(account))
        dropProvisional();
    const Session *existing = m_sessions.find(account.name);
    const bool isNew = !existing || m_isProvisional;
    if (existing && (!m_isProvisional || account.pin.isEmpty()))
        account.pin = existing->account().pin;
    const auto result = m_sessions.signIn(account, m_form->credentials());
    if (!result)
        return m_form->showProblem(result.error());
    m_name = result.value()->account().name;
    m_isProvisional = isNew;
    m_isFollowing = true;
    setBusy(true);
    follow(result.value());
}

//! Only while the form is filled in: once it is submitted, the session asks by itself.
void LoginWindow::onCertificateSeen(const Certificate &certificate)
{
    Account account = m_form->draft();
    account.server = QUrl(m_form->server());
    const QUrl &server = account.server;
    const QString host = server.authority(QUrl::FullyEncoded);
    const Fingerprint fixed = m_sessions.fixedPin(account);
    if (certificate.fingerprint == fixed)
        return m_form->trust(fixed);
    if (!fixed.isEmpty())
        return showTrust(host, certificate, fixed, true);
    const auto known = m_sessions.known(account.name);
    const auto before = known && known->server == server ? std::optional(known->pin)
                                                         : trustedElsewhere(server, certificate);
    if (certificate.fingerprint != before)
        showTrust(host, certificate, before, false);
}

//! What another session trusts there, if that is another certificate: whoever signs in to the same
//! appliance a second time is told of a change, too.
std::optional<Fingerprint> LoginWindow::trustedElsewhere(
    const QUrl &server, const Certificate &seen) const
{
    const Fingerprint trusted = m_sessions.trustedAt(server);
    const bool isOther = !trusted.isEmpty() && trusted != seen.fingerprint;
    return isOther ? std::optional(trusted) : std::nullopt;
}

void LoginWindow::onTrusted(const Fingerprint &fingerprint)
{
    Session *asking = m_isFollowing ? session() : nullptr;
    const auto problem = asking ? m_sessions.whyNotSignIn(asking->account()) : std::nullopt;
    if (problem) {
        showForm();
        return m_form->showProblem(*problem);
    }
    if (asking)
        return asking->trust(fingerprint);
    m_form->trust(fingerprint);
    showForm();
}

void LoginWindow::onCodeSubmitted()
{
    Session *asking = session();
    const auto code = m_code->code();
    if (asking && code)
        asking->submitCode(*code);
}

void LoginWindow::onSessionChanged(Session *changed)
{
    const bool isOurs = m_isFollowing && changed->account().name == m_name;
    if (isOurs && m_shown != newsOf(*changed)) // else nothing new: somebody may be typing
        follow(changed);
}

LoginWindow::News LoginWindow::newsOf(const Session &session)
{
    const SessionSnapshot now = session.snapshot();
    return {session.phase(), now.reasonAt, session.isBeingKept(), now.account.pin, now.isPinFixed};
}

void LoginWindow::follow(Session *session)
{
    m_shown = newsOf(*session);
    switch (session->phase()) {
    case Phase::SigningIn:
        return setBusy(true);
    case Phase::CodeNeeded:
        return showCode(session);
    case Phase::TrustNeeded:
        return showTrustOf(session->snapshot());
    case Phase::Active: // a success once it is kept, or cannot be
        return session->isBeingKept() ? setBusy(true) : finish();
    case Phase::Refreshing: // looks whether the certificate is still in question
    case Phase::Restoring: // comes to its end before the sign-in
        return;
    case Phase::SignedOut:
    case Phase::Waiting:
        return onFailed(session);
    }
}

void LoginWindow::onFailed(Session *session)
{
    const auto reason = session->snapshot().reason;
    m_isFollowing = false;
    showForm();
    if (const auto problem = m_sessions.whyNotSignIn(session->account())) // since it began
        return m_form->showProblem(*problem);
    m_form->showRefusal(reason ? sentenceFor(*reason).translated : QString());
    const bool isServerInDoubt = reason && isAboutTheServer(reason->type);
    isServerInDoubt ? m_form->focusServer() : m_form->focusPassword();
}

void LoginWindow::showForm()
{
    showPage(m_form);
    m_form->defaultButton()->setDefault(true);
}

void LoginWindow::showCode(Session *session)
{
    if (!m_code) {
        m_code = new CodePage([this] {
            const Session *asking = this->session();
            return asking ? asking->now() : Instant();
        });
        m_pages->addWidget(m_code);
        connect(m_code, &CodePage::submitted, this, &LoginWindow::onCodeSubmitted);
        connect(m_code, &CodePage::cancelled, this, &LoginWindow::reject);
    }
    showPage(m_code);
    m_code->ask(session->snapshot());
    m_code->defaultButton()->setDefault(true);
    m_code->focusCode();
}

void LoginWindow::showTrustOf(const SessionSnapshot &session)
{
    const QUrl &server = session.account.server;
    const Certificate seen = session.certificate.value_or(Certificate());
    const auto before = hadTrustedCertificate(session) ? std::optional(session.account.pin)
                                                       : trustedElsewhere(server, seen);
    showTrust(server.authority(QUrl::FullyEncoded), seen, before, session.isPinFixed);
    m_trust->defaultButton()->setDefault(true);
    m_trust->defaultButton()->setFocus(Qt::OtherFocusReason);
}

//! May come while somebody is typing, so no key does anything but move about.
void LoginWindow::showTrust(const QString &host, const Certificate &certificate,
    const std::optional<Fingerprint> &before, bool isFixed)
{
    if (!m_trust) {
        m_trust = new TrustPage;
        m_pages->addWidget(m_trust);
        connect(m_trust, &TrustPage::declined, this, &LoginWindow::reject);
        connect(m_trust, &TrustPage::trusted, this, &LoginWindow::onTrusted);
    }
    m_trust->ask(host, certificate, before, isFixed);
    showPage(m_trust);
    m_trust->setFocus(Qt::OtherFocusReason);
}

void LoginWindow::showDone()
{
    auto *page = new DonePage(*m_firstSteps, session()->snapshot());
    connect(page, &DonePage::closed, this, &LoginWindow::accept);
    m_pages->addWidget(page);
    showPage(page);
    page->defaultButton()->setDefault(true);
    page->defaultButton()->setFocus(Qt::OtherFocusReason);
}

void LoginWindow::showPage(QWidget *page)
{
    setBusy(false);
    m_pages->setCurrentWidget(page);
}

//! Shown on the page that is open; after the decision on a certificate, on the form.
void LoginWindow::setBusy(bool isBusy)
{
    if (isBusy && m_trust && m_pages->currentWidget() == m_trust)
        m_pages->setCurrentWidget(m_form);
    m_form->setBusy(isBusy && m_pages->currentWidget() == m_form);
    if (m_code)
        m_code->setBusy(isBusy && m_pages->currentWidget() == m_code);
}

void LoginWindow::finish()
{
    m_isFollowing = false;
    m_isProvisional = false;
    m_form->wipePassword();
    if (m_code)
        m_code->wipeCode();
    m_firstSteps ? showDone() : accept();
}

//! By Cancel and Esc. An appliance that was only looked at may have another address.
void LoginWindow::reject()
{
    if (m_isFollowing || m_pages->currentWidget() != m_trust)
        return leave();
    showForm();
    m_form->focusServer();
}

void LoginWindow::leave()
{
    const bool isWaiting = m_isFollowing;
    m_isFollowing = false;
    if (m_isProvisional)
        dropProvisional();
    else if (Session *cancelled = isWaiting ? session() : nullptr)
        cancelled->cancel();
    m_form->wipePassword();
    QDialog::reject();
}

void LoginWindow::closeEvent(QCloseEvent *event)
{
    m_firstSteps.reset();
    hasOpenQuestion() ? finish() : leave();
    event->accept();
}

void LoginWindow::dropProvisional()
{
    if (!m_isProvisional)
        return;
    m_isProvisional = false;
    const Session *tried = session();
    if (tried && tried->isProvisional()) // else somebody else has signed in to it meanwhile
        m_sessions.forget(m_name);
    m_name.clear();
}

//! The account that our own first try has made does not count: it goes when the form is corrected.
bool LoginWindow::isTaken(const QString &name) const
{
    return m_sessions.find(name) && !(m_isProvisional && name == m_name);
}

//! False once a person has corrected the address, the user or the name of a first try.
bool LoginWindow::isStillMeant(const Account &account) const
{
    const Session *tried = session();
    return tried && account.name == m_name && account.isSameUser(tried->account());
}

Session *LoginWindow::session() const
{
    return m_sessions.find(m_name);
}

bool LoginWindow::hasOpenQuestion() const
{
    const Session *asking = session();
    return asking && (asking->phase() == Phase::CodeNeeded || asking->snapshot().certificate);
}

} // namespace latchkey::ui
