// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionstate.h"

#include <QHash>
#include <QObject>

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

//! Notices when a session that was well comes to need a person: the appliance has ended it, or its
//! certificate is in question. Says so once, and not again before the session has been well in
//! between. Says nothing of what comes of a sign-in: whoever signs in sees that.
class Attention final : public QObject {
    Q_OBJECT
public:
    explicit Attention(SessionModel &sessions, QObject *parent = nullptr);

Q_SIGNALS:
    void needed(const QString &name, const QString &state, const QString &reason);

private:
    enum class Health { Unknown, Well, Told };

    void onSessionChanged(latchkey::Session *session);

    QHash<QString, Health> m_health;
};

} // namespace latchkey::ui
