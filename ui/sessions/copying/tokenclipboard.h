// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include "base/deadline.h"
#include "base/secret.h"
#include "wire/http/applianceprobe.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace latchkey {
class Ledger;
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

class DesktopClipboard;
class SecretMimeData;

//! Copies access tokens for a person to paste, and commands that get them. A copy with a token is
//! there for one paste. What is left of it after some seconds, at the token's end or when Latchkey
//! ends is removed. A token that is about to end is renewed first, and the new one is copied. Every
//! copy that has come to the clipboard with a token is in the ledger.
//!
//! Programs that watch the clipboard ask for whatever is new on it, some of them although it is
//! marked as secret; GNOME even brings it back after it was cleared. So that they get nothing, and
//! do not use up the paste, the text is given out only once nobody has asked for 0.7 s. Where
//! somebody asks for 3 s, as ClipIt does for ever, it is given to all who ask until it is removed.
class TokenClipboard final : public QObject {
    Q_OBJECT
public:
    //! How long a copy stays at most. If it is none, the copy stays until the token ends, and can
    //! be pasted many times.
    using Stay = std::function<std::chrono::seconds()>;

    using MakeProbe = std::function<std::unique_ptr<ApplianceProbe>(const Account &account)>;

    //! \a stay is asked at each copy.
    TokenClipboard(SessionModel &sessions, Ledger &ledger, Clock clock, DesktopClipboard &clipboard,
        Stay stay, MakeProbe makeProbe, QObject *parent = nullptr);
    ~TokenClipboard() override;

    //! Copies in one of the ways that CopyMenu offers. told() or refused() follows, perhaps at
    //! once, unless another copy is asked for or the session is forgotten meanwhile. Where the
    //! token has to be renewed first, told() says so, and what came of that follows after 20 s at
    //! most. For a curl command, an appliance with a certificate of its own is looked at first, for
    //! 5 s at most.
    void copy(const QString &name, Action way = Action::CopyToken);
    //! Removes a copy with a token.
    void clear();
    //! For tests that have moved their clock.
    void look() { m_deadlines.look(); }

Q_SIGNALS:
    //! What became of the copy, in a sentence.
    void told(const QString &name, const QString &sentence);
    //! The desktop did not let us copy. It will once a person asks for it in a window.
    void refused(const QString &name, const QString &sentence);

private:
    [[nodiscard]] bool tellsWhyNot(const Account &account);
    void onSessionChanged(latchkey::Session *session);
    void onGaveUp();
    void putCommand(const Account &account, const QString &command, const QString &remark = {});
    void lookForKey(const Account &account);
    void putCurl(const ApplianceReport &report);
    void putToken(Session *session);
    void onArrived();
    void onTokenArrived();
    void onAsked();
    void offer();
    void onRefused();
    void stopWaiting();

    SessionModel &m_sessions;
    Ledger &m_ledger;
    DesktopClipboard &m_clipboard;
    Stay m_stay;
    MakeProbe m_makeProbe;
    //! Null while no appliance is looked at.
    std::unique_ptr<ApplianceProbe> m_probe;
    //! The session whose appliance is or was looked at.
    QString m_lookedAt;
    DeadlineQueue m_deadlines;
    Deadline m_offerAt;
    Deadline m_clearAt;
    Deadline m_giveUpAt;
    //! Of the session that was copied last.
    QString m_copied;
    //! What is told once a command has come to the clipboard.
    QString m_ofCommand;
    //! The copy with a token, as long as the clipboard has it or is to get it; null for a command.
    QPointer<SecretMimeData> m_offer;
    Secret m_text;
    Instant m_end;
    //! When it is given out whoever asks.
    Instant m_givesInAt;
    //! The session whose new token is waited for, and the old token.
    QString m_awaited;
    Secret m_before;
    Action m_way = Action::CopyToken;
};

} // namespace latchkey::ui
