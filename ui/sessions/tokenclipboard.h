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
//! managers leave it alone. If it is still there after 30 s, at the token's end or when Latchkey
//! ends, it is removed. A token that is about to end is renewed first, and the new one is copied.
//! Every copy is in the ledger.
class TokenClipboard final : public QObject {
    Q_OBJECT
public:
    using Clears = std::function<bool()>;

    //! \a clears tells at each copy whether that is removed after 30 s.
    TokenClipboard(SessionModel &sessions, Ledger &ledger, Clock clock, QClipboard &clipboard,
        Clears clears, QObject *parent = nullptr);
    ~TokenClipboard() override;

    //! told() follows at once. Where the token has to be renewed first, a second one says what came
    //! of that, after 20 s at most, unless another copy is asked for meanwhile.
    void copy(const QString &name);
    void clear();
    //! For tests that have moved their clock.
    void look() { m_deadlines.look(); }

Q_SIGNALS:
    //! What became of the copy, in a sentence.
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
    //! The session whose new token is waited for, and the old token.
    QString m_awaited;
    Secret m_before;
};

} // namespace latchkey::ui
