// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/accounts.h"
#include "session/session.h"

#include <QAbstractListModel>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace latchkey {

using SessionFactory = std::function<std::unique_ptr<Session>(const Account &)>;

//! All sessions, in the order in which their accounts were added. Owns them and makes them with the
//! given factory. A row's text is the session's name; everything else is in its snapshot.
class SessionModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SnapshotRole = Qt::UserRole, //!< SessionSnapshot: everything at once
    };
    Q_ENUM(Role)

    explicit SessionModel(SessionFactory factory, QObject *parent = nullptr);

    //! How many forgotten names are remembered.
    static constexpr qsizetype mostForgotten = 100;
    static constexpr qsizetype most = Accounts::most - mostForgotten;

    //! What every sign-in has to keep to.
    void setRule(AccountRule rule) { m_rule = std::move(rule); }
    //! What no person and no program replaces.
    void setPins(PinRule pins) { m_pins = std::move(pins); }
    //! Rule and pins have changed: holds all sessions to them, and gives up sign-ins under way that
    //! the rule now forbids.
    void applyRules();
    [[nodiscard]] Fingerprint fixedPin(const Account &account) const { return m_pins(account); }
    //! Of sessions whose name is new.
    void setPolicyOfNew(HandOutPolicy::Value policy) { m_policyOfNew = policy; }
    //! Makes a session for each of these whose name is free and that nobody has removed before, and
    //! drops those of earlier presets, unless somebody has begun to sign in.
    void setPresets(const QList<Account> &presets);
    //! Why nobody may be signed in to that account.
    [[nodiscard]] std::optional<AccountProblem> whyNotSignIn(const Account &account) const
    {
        return m_rule(account);
    }
    //! A new session, signed out. Sends and reads nothing. Returns null if the name is taken or
    //! the account is marked as forgotten.
    Session *add(const Account &account);
    //! Signs in under a new name, or again under the name of an existing session for the same
    //! appliance and user. \a account comes from Account::make(). The session announces the
    //! outcome. The name's policy stays, and so does its pin if the appliance is the same; a pin
    //! of \a account's own is the only certificate for this sign-in, and takes its place
    //! afterwards.
    [[nodiscard]] Result<Session *, AccountProblem> signIn(
        Account account, const Credentials &credentials);
    //! Signs out, and deletes the session once the appliance and the vault have been told. The
    //! account is remembered. Returns the session while it leaves; null if there is none.
    Session *forget(const QString &name);
    //! Tokens, history and all that was decided stay the session's. The old name is remembered like
    //! a forgotten one, so that nobody finds another appliance behind it unasked.
    [[nodiscard]] std::optional<AccountProblem> rename(Session &session, const QString &name);
    //! Why the session cannot have this name, as a person has typed it.
    [[nodiscard]] std::optional<AccountProblem> whyNotRename(
        const Session &session, const QString &name) const;
    //! The account of this name, or its last account before it was forgotten.
    [[nodiscard]] std::optional<Account> known(const QString &name) const;
    //! The certificate that a person trusts at \a server in any session; empty if there is none.
    [[nodiscard]] Fingerprint trustedAt(const QUrl &server) const;

    [[nodiscard]] Session *find(const QString &name) const;
    [[nodiscard]] Session *at(int row) const;
    [[nodiscard]] int rowOf(const QString &name) const;
    //! The accounts worth keeping, then the forgotten ones. Leaves out those under which nobody was
    //! ever signed in.
    [[nodiscard]] QList<Account> accounts() const;
    //! Of all sessions, also of those that leave.
    [[nodiscard]] QList<Secret> secrets() const;
    //! Ending the program now would lose something; see Session.
    [[nodiscard]] bool isUnfinished() const;

    //! The list of accounts was written, or could not be written.
    void noteSaved(const QList<Account> &written);
    void noteNotSaved(StoreError error);

    //! As in Session, for all present and future sessions.
    void setNetwork(bool isThere);
    void setAsleep(bool isAsleep);
    void dropRequests();
    void lookAgain(Cause::Value why);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void sessionChanged(latchkey::Session *session);
    void sessionForgotten(const QString &name);
    //! sessionChanged() follows.
    void sessionRenamed(const QString &before, const QString &name);
    //! A forgotten session has finished its last work.
    void sessionLeft();
    //! accounts() has changed and should be saved.
    void accountsChanged();

private:
    Session *insert(Account account, bool isProvisional);
    [[nodiscard]] std::unique_ptr<Session> take(int row);
    void remember(Account account);
    void onRenamed(const Session *session, const QString &before);
    void onKeptForAnother(Session *edited, const Account &sealed);
    [[nodiscard]] bool makeWayFor(const Account &successor);
    [[nodiscard]] bool isIdlePreset(const Session &session) const;
    Session *letGo(std::unique_ptr<Session> session);
    void onLeft(const Session *session);
    void onSessionChanged(Session *session);

    void forAll(const std::function<void(Session &)> &act);

    SessionFactory m_factory;
    AccountRule m_rule = [](const Account &) {
        return std::nullopt;
    };
    PinRule m_pins = [](const Account &) {
        return Fingerprint();
    };
    HandOutPolicy::Value m_policyOfNew = HandOutPolicy::Allow;
    bool m_hasNetwork = true;
    bool m_isAsleep = false;
    std::vector<std::unique_ptr<Session>> m_sessions;
    //! The latest last. An entry is ignored while a session of the same name exists, unless nobody
    //! has signed in there yet.
    QList<Account> m_forgotten;
    //! Forgotten sessions, by their places, that still have to tell the appliance or the vault.
    std::multimap<QString, std::unique_ptr<Session>> m_leaving;
};

} // namespace latchkey
