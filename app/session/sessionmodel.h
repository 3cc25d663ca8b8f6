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

//! All sessions, in the order in which their accounts were added. Owns them; makes them with the
//! factory it is given. A row's text is the session's name; all else is in its snapshot.
class SessionModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SnapshotRole = Qt::UserRole, //!< SessionSnapshot: everything at once
    };
    Q_ENUM(Role)

    explicit SessionModel(SessionFactory factory, QObject *parent = nullptr);

    //! How many names are remembered whose session was forgotten.
    static constexpr qsizetype mostForgotten = 100;
    static constexpr qsizetype most = Accounts::most - mostForgotten;

    //! A new session, signed out; nothing unless the name is new. Nothing is sent or read. Of an
    //! account that was forgotten none is made, either.
    Session *add(const Account &account);
    //! Signs in under a new name, or starts over under one that exists for the same appliance and
    //! user. \a draft carries what Account::make() wants, \a server the address as typed. What
    //! comes of it is told by the session. The name's policy stays, and its pin where the appliance
    //! is the same.
    [[nodiscard]] Result<Session *, AccountProblem> signIn(
        const Account &draft, const QString &server, const Secret &password);
    //! Signs out, then lets the session go once the appliance and the vault have been told. What
    //! its name stood for is remembered. Returns it as it leaves; nothing when there is none.
    Session *forget(const QString &name);
    //! What the name stands for, or stood for before it was forgotten.
    [[nodiscard]] std::optional<Account> known(const QString &name) const;

    [[nodiscard]] Session *find(const QString &name) const;
    [[nodiscard]] Session *at(int row) const;
    [[nodiscard]] int rowOf(const QString &name) const;
    //! Those worth keeping, last the forgotten: not the ones under which nobody was ever signed in.
    [[nodiscard]] QList<Account> accounts() const;
    //! Ending the program now would lose something; see Session.
    [[nodiscard]] bool isUnfinished() const;

    //! The list of accounts was written, or could not be.
    void noteSaved(const QList<Account> &written);
    void noteNotSaved(StoreError error);

    //! See Session: the same for all, those that are yet to come among them.
    void setNetwork(bool isThere);
    void setAsleep(bool isAsleep);
    void dropRequests();
    void lookAgain(Cause::Value why);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void sessionChanged(latchkey::Session *session);
    void sessionForgotten(const QString &name);
    //! One that was forgotten has done all that it had to do.
    void sessionLeft();
    //! What accounts() returns is different and should be saved.
    void accountsChanged();

private:
    Session *insert(const Account &account, bool isProvisional);
    [[nodiscard]] std::unique_ptr<Session> take(int row);
    void remember(Account account);
    void onKeptForAnother(Session *edited, const Account &sealed);
    [[nodiscard]] bool makeWayFor(const Account &successor);
    Session *letGo(std::unique_ptr<Session> session);
    void onLeft(const Session *session);
    void onSessionChanged(Session *session);

    void forAll(const std::function<void(Session &)> &act);

    SessionFactory m_factory;
    bool m_hasNetwork = true;
    bool m_isAsleep = false;
    std::vector<std::unique_ptr<Session>> m_sessions;
    //! The latest last. A name that has a session again counts no more, but where nobody has signed
    //! in under it yet.
    QList<Account> m_forgotten;
    //! Forgotten, by name; the appliance or the vault still has to be told.
    std::multimap<QString, std::unique_ptr<Session>> m_leaving;
};

} // namespace latchkey
