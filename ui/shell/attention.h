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

//! Notices when a session that was kept signed in comes to need a person: it was ended by the
//! appliance, or its certificate came into question. Says so once, and not again before the
//! session is well. What a person does in a sign-in window is no news to them.
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
