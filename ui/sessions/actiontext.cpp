// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/actiontext.h"

namespace latchkey::ui {

namespace {

//! The translators' context of all that stands here.
class ActionText {
    Q_DECLARE_TR_FUNCTIONS(ActionText)
};

} // namespace

QString textOf(Action action)
{
    switch (action) {
    case Action::SignIn:
        return ActionText::tr("Sign in");
    case Action::EnterCode:
        return ActionText::tr("Enter code…");
    case Action::DecideTrust:
        return ActionText::tr("Look at certificate…");
    case Action::CopyToken:
        return ActionText::tr("Copy token");
    case Action::RefreshNow:
        return ActionText::tr("Refresh now");
    case Action::SignOut:
        return ActionText::tr("Sign out");
    default: // offered by the main window alone
        return {};
    }
}

std::optional<Action> neededFor(const SessionView &session)
{
    const Mood::Group group = groupOf(session.mood());
    if (group != Mood::InNeed && group != Mood::Out)
        return {};
    for (const Action action : {Action::EnterCode, Action::DecideTrust, Action::SignIn}) {
        if (session.actions().testFlag(action))
            return action;
    }
    return {};
}

} // namespace latchkey::ui
