// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/attention.h"

#include "sessions/sessionview.h"

#include "session/sessionmodel.h"

namespace latchkey::ui {

Attention::Attention(SessionModel &sessions, QObject *parent)
    : QObject(parent)
{
    connect(&sessions, &SessionModel::sessionChanged, this, &Attention::onSessionChanged);
    connect(&sessions, &SessionModel::sessionForgotten, this,
        [this](const QString &name) { m_health.remove(name); });
}

void Attention::onSessionChanged(Session *session)
{
    const SessionView view(session->snapshot());
    Health &health = m_health[view.name()];
    switch (session->phase()) {
    case Phase::Active:
    case Phase::Waiting:
        health = Health::Well;
        return;
    case Phase::Refreshing: // also the first state of one that is restored with a lapsed token
        if (health == Health::Unknown)
            health = Health::Well;
        return;
    case Phase::SigningIn: // a person sees what comes of it
        health = Health::Unknown;
        return;
    case Phase::Restoring:
    case Phase::CodeNeeded:
        return;
    case Phase::SignedOut:
    case Phase::TrustNeeded:
        break;
    }
    const bool isSurprise = health == Health::Well && groupOf(view.mood()) == Mood::InNeed;
    if (!isSurprise)
        return;
    health = Health::Told;
    Q_EMIT needed(view.name(), view.state(), view.reason());
}

} // namespace latchkey::ui
