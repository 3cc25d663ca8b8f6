// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sessionmodel.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace latchkey {

SessionModel::SessionModel(SessionFactory factory, QObject *parent)
    : QAbstractListModel(parent)
    , m_factory(std::move(factory))
{
}

Session *SessionModel::add(const Account &account)
{
    if (account.isForgotten)
        remember(account);
    return account.isForgotten || find(account.name) ? nullptr : insert(account, false);
}

//! The place of this name may be that of a session which was renamed.
Session *SessionModel::insert(Account account, bool isProvisional)
{
    if (std::ranges::any_of(
            m_sessions, [&](const auto &s) { return s->account().place() == account.place(); }))
        account.keptAs = QUuid::createUuid().toString(QUuid::Id128);
    const bool hadAnother = makeWayFor(account);
    const int row = rowCount();
    beginInsertRows({}, row, row);
    Session *session = m_sessions.emplace_back(m_factory(account)).get();
    if (isProvisional)
        session->setProvisional();
    session->setNetwork(m_hasNetwork);
    session->setAsleep(m_isAsleep);
    session->setFixedPin(m_pins(account));
    session->setForbidden(m_rule(session->account()).has_value());
    endInsertRows();
    connect(session, &Session::changed, this, [this, session] { onSessionChanged(session); });
    connect(session, &Session::accountChanged, this, &SessionModel::accountsChanged);
    connect(session, &Session::renamed, this,
        [this, session](const QString &before) { onRenamed(session, before); });
    connect(session, &Session::keptForAnother, this,
        [this, session](const Account &sealed) { onKeptForAnother(session, sealed); });
    if (hadAnother)
        session->forgetStored(); // queued ahead of anything that it will write
    Q_EMIT accountsChanged();
    return session;
}

Result<Session *, AccountProblem> SessionModel::signIn(
    Account account, const Credentials &credentials)
{
    if (const auto problem = m_rule(account))
        return *problem;
    Session *session = find(account.name);
    if (session && session->isDisputed())
        return AccountProblem::Disputed;
    if (!session && rowCount() >= most)
        return AccountProblem::TooMany;
    const bool isOther = session && !session->account().isSameUser(account);
    if (isOther && !session->isProvisional())
        return AccountProblem::NameTaken;
    if (isOther) {
        forget(account.name);
        session = nullptr;
    }
    if (!session)
        account.policy = std::max(account.policy, m_policyOfNew);
    if (const auto before = known(account.name); before && !session) {
        account.policy = before->policy;
        if (account.pin.isEmpty() && before->server == account.server)
            account.pin = before->pin;
    }
    if (!session)
        session = insert(account, true);
    session->signIn(credentials, account.shortLived, account.keepSignedIn, account.pin);
    Q_EMIT accountsChanged();
    return session;
}

void SessionModel::applyRules()
{
    forAll([this](Session &session) {
        session.setForbidden(false); // or a sign-in could not go on that waits for this pin
        session.setFixedPin(m_pins(session.account()));
        const bool isForbidden = m_rule(session.account()).has_value(); // looks at the pin
        session.setForbidden(isForbidden);
        if (isForbidden)
            session.cancelSignIn();
    });
}

Session *SessionModel::forget(const QString &name)
{
    const int row = rowOf(name);
    if (row < 0)
        return nullptr;
    const Session *gone = at(row);
    if (!gone->isProvisional() || gone->account().isPreset)
        remember(gone->account());
    Session *leaving = letGo(take(row));
    Q_EMIT sessionForgotten(name);
    Q_EMIT accountsChanged();
    return leaving;
}

//! Where another account goes by the name, that one was there first.
void SessionModel::setPresets(const QList<Account> &presets)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const Session &session = *at(row);
        const bool isStillSet = std::ranges::any_of(presets, [&](const Account &preset) {
            return preset.name == session.account().name && preset.isSameUser(session.account());
        });
        if (isIdlePreset(session) && !isStillSet) {
            const QString name = session.account().name;
            take(row).release()->deleteLater();
            Q_EMIT sessionForgotten(name);
        }
    }
    for (Account preset : presets) {
        preset.isPreset = true;
        preset.policy = m_policyOfNew;
        const auto removed = known(preset.name);
        const bool isWanted = !find(preset.name) && !(removed && removed->isSameUser(preset));
        if (isWanted && rowCount() < most)
            insert(preset, true);
    }
}

bool SessionModel::isIdlePreset(const Session &session) const
{
    return session.isProvisional() && session.account().isPreset
        && session.phase() == Phase::SignedOut;
}

std::optional<AccountProblem> SessionModel::whyNotRename(
    const Session &session, const QString &name) const
{
    const auto made = Account::nameFrom(name);
    if (!made)
        return made.error();
    if (const Session *other = find(*made); other && other != &session)
        return AccountProblem::NameTaken;
    return session.canBeRenamed() ? std::nullopt : std::optional(AccountProblem::Busy);
}

std::optional<AccountProblem> SessionModel::rename(Session &session, const QString &name)
{
    const auto problem = whyNotRename(session, name);
    const auto made = Account::nameFrom(name);
    if (!problem && *made != session.account().name)
        session.rename(*made);
    return problem;
}

//! Its place is the session's, and not the old name's.
void SessionModel::onRenamed(const Session *session, const QString &before)
{
    Account old = session->account();
    old.name = before;
    old.keptAs.clear();
    if (!session->isProvisional())
        remember(old);
    Q_EMIT sessionRenamed(before, session->account().name);
}

void SessionModel::remember(Account account)
{
    account.isForgotten = true;
    m_forgotten.removeIf([&](const Account &a) { return a.name == account.name; });
    m_forgotten.append(account);
    if (m_forgotten.size() > mostForgotten)
        m_forgotten.removeFirst();
}

Fingerprint SessionModel::trustedAt(const QUrl &server) const
{
    constexpr int httpsPort = 443;
    const auto isThere = [&](const QUrl &url) {
        return url.scheme() == server.scheme() && url.host() == server.host()
            && url.port(httpsPort) == server.port(httpsPort);
    };
    for (const auto &session : m_sessions) {
        const Account &account = session->account();
        if (!account.pin.isEmpty() && isThere(account.server))
            return account.pin;
    }
    return {};
}

std::optional<Account> SessionModel::known(const QString &name) const
{
    const Session *session = find(name);
    if (session && !session->isProvisional())
        return session->account();
    const auto found =
        std::ranges::find_if(m_forgotten, [&](const Account &a) { return a.name == name; });
    return found == m_forgotten.end() ? std::nullopt : std::optional(*found);
}

//! An older session of this name may still have to empty its place in the vault, which is now the
//! successor's; it must not. Returns whether there was one.
bool SessionModel::makeWayFor(const Account &successor)
{
    QList<Session *> samePlace;
    const auto [first, last] = m_leaving.equal_range(successor.place());
    for (auto leaving = first; leaving != last; ++leaving)
        samePlace.append(leaving->second.get());
    for (Session *leaving : std::as_const(samePlace))
        leaving->leaveVault(); // may remove it from m_leaving
    return !samePlace.isEmpty();
}

//! The sealed record is right, so a session for it takes over. Only the list says whether that
//! account was signed out: whoever can write the list could remove the sealed file as well.
void SessionModel::onKeptForAnother(Session *edited, const Account &sealed)
{
    take(rowOf(sealed.name)).release()->deleteLater(); // deleted later: its signal is being handled
    Session *session = insert(sealed, false);
    sealed.isSignedOut ? session->forgetStored() : session->restore();
    session->noteEdited();
    edited->handChangesTo(*session);
}

std::unique_ptr<Session> SessionModel::take(int row)
{
    beginRemoveRows({}, row, row);
    std::unique_ptr<Session> session = std::move(m_sessions.at(static_cast<std::size_t>(row)));
    m_sessions.erase(m_sessions.begin() + row);
    endRemoveRows();
    session->disconnect(this);
    return session;
}

Session *SessionModel::letGo(std::unique_ptr<Session> session)
{
    Session *leaving = session.get();
    m_leaving.emplace(leaving->account().place(), std::move(session));
    connect(leaving, &Session::signedOut, this, [this, leaving] { onLeft(leaving); });
    leaving->signOut();
    leaving->discardHistory();
    return leaving;
}

//! Deleted later, because listeners may still look at the session.
void SessionModel::onLeft(const Session *session)
{
    const auto found = std::ranges::find_if(
        m_leaving, [&](const auto &leaving) { return leaving.second.get() == session; });
    if (found == m_leaving.end())
        return;
    found->second.release()->deleteLater();
    m_leaving.erase(found);
    Q_EMIT sessionLeft();
}

Session *SessionModel::find(const QString &name) const
{
    return at(rowOf(name));
}

Session *SessionModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? m_sessions.at(static_cast<std::size_t>(row)).get()
                                        : nullptr;
}

int SessionModel::rowOf(const QString &name) const
{
    const auto found = std::ranges::find_if(
        m_sessions, [&](const auto &session) { return session->account().name == name; });
    return found == m_sessions.end() ? -1 : static_cast<int>(found - m_sessions.begin());
}

QList<Account> SessionModel::accounts() const
{
    QList<Account> accounts;
    for (const auto &session : m_sessions) {
        if (!session->isProvisional())
            accounts.append(session->account());
    }
    std::ranges::copy_if(m_forgotten, std::back_inserter(accounts),
        [this](const Account &account) { return known(account.name) == account; });
    return accounts;
}

QList<Secret> SessionModel::secrets() const
{
    QList<Secret> secrets;
    for (const auto &session : m_sessions)
        secrets += session->secrets();
    for (const auto &[place, session] : m_leaving)
        secrets += session->secrets();
    return secrets;
}

bool SessionModel::isUnfinished() const
{
    return std::ranges::any_of(m_sessions, [](const auto &s) { return s->isUnfinished(); })
        || std::ranges::any_of(m_leaving, [](const auto &s) { return s.second->isUnfinished(); });
}

void SessionModel::noteSaved(const QList<Account> &written)
{
    QHash<QString, const Account *> byName;
    for (const Account &account : written) {
        if (!account.isForgotten)
            byName.insert(account.name, &account);
    }
    forAll([&byName](Session &session) {
        if (const Account *account = byName.value(session.account().name))
            session.noteSaved(*account);
    });
}

void SessionModel::noteNotSaved(StoreError error)
{
    forAll([error](Session &session) { session.noteNotSaved(error); });
}

void SessionModel::setNetwork(bool isThere)
{
    m_hasNetwork = isThere;
    forAll([isThere](Session &session) { session.setNetwork(isThere); });
}

void SessionModel::setAsleep(bool isAsleep)
{
    m_isAsleep = isAsleep;
    forAll([isAsleep](Session &session) { session.setAsleep(isAsleep); });
}

void SessionModel::dropRequests()
{
    forAll([](Session &session) { session.dropRequest(); });
}

void SessionModel::lookAgain(Cause::Value why)
{
    forAll([why](Session &session) { session.lookAgain(why); });
}

//! Works on a copy, because a listener may remove a session during the loop.
void SessionModel::forAll(const std::function<void(Session &)> &act)
{
    QList<QPointer<Session>> sessions;
    for (const auto &session : m_sessions)
        sessions.append(session.get());
    for (const QPointer<Session> &session : std::as_const(sessions)) {
        if (session)
            act(*session);
    }
}

int SessionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    const Session *session = at(index.row());
    if (!session)
        return {};
    if (role == SnapshotRole)
        return QVariant::fromValue(session->snapshot());
    return role == Qt::DisplayRole ? QVariant(session->account().name) : QVariant();
}

void SessionModel::onSessionChanged(Session *session)
{
    const QModelIndex changed = index(rowOf(session->account().name));
    Q_EMIT dataChanged(changed, changed);
    Q_EMIT sessionChanged(session);
}

} // namespace latchkey
