// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "base/secret.h"

#include <QObject>

#include <functional>

class QClipboard;

namespace latchkey {
class Ledger;
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

//! Copies access tokens for a person to paste. A copy is marked as secret, so that clipboard
//! managers leave it alone, and is taken back after 30 s, at the token's end and when Latchkey
//! ends, if it is still there. A token about to end is renewed first and copied when it comes.
//! Every copy is in the ledger.
class TokenClipboard final : public QObject {
    Q_OBJECT
public:
    using Clears = std::function<bool()>;

    //! \a clears: whether a copy is taken back after 30 s.
    TokenClipboard(SessionModel &sessions, Ledger &ledger, Clock clock, QClipboard &clipboard,
        Clears clears, QObject *parent = nullptr);
    ~TokenClipboard() override;

    //! told() follows, now or when the renewed token has come or has not.
    void copy(const QString &name);
    void clear();
    //! For tests, after they moved their clock.
    void look() { m_deadlines.look(); }

Q_SIGNALS:
    //! What became of it, in a sentence.
    void told(const QString &name, const QString &sentence);

private:
    void onSessionChanged(latchkey::Session *session);
    void onGaveUp();
    void put(Session *session);
    void stopWaiting();
    [[nodiscard]] bool isOurs() const;

    SessionModel &m_sessions;
    Ledger &m_ledger;
    QClipboard &m_clipboard;
    Clears m_clears;
    DeadlineQueue m_deadlines;
    Deadline m_clearAt;
    Deadline m_giveUpAt;
    Secret m_copied;
    //! The session whose renewed token is waited for, and the one that it must differ from.
    QString m_awaited;
    Secret m_before;
};

} // namespace latchkey::ui
