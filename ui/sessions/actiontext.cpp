// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/actiontext.h"

#include "widgets/plaintext.h"

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! The translators' context of all that stands here.
class ActionText {
    Q_DECLARE_TR_FUNCTIONS(ActionText)
};

constexpr Actions asking = Actions(Action::EnterCode) | Action::DecideTrust | Action::Rename
    | Action::Examine | Action::Remove;

} // namespace

QString buttonText(Action action)
{
    switch (action) {
    case Action::SignIn:
        return ActionText::tr("Sign &in");
    case Action::EnterCode:
        return ActionText::tr("&Enter code");
    case Action::DecideTrust:
        return ActionText::tr("Look at certi&ficate");
    case Action::CopyToken:
        return ActionText::tr("&Copy token");
    case Action::RefreshNow:
        return ActionText::tr("&Refresh now");
    case Action::SignOut:
        return ActionText::tr("Sign &out");
    case Action::Rename:
        return ActionText::tr("Re&name");
    case Action::Remove:
        return ActionText::tr("Re&move");
    case Action::Examine:
        return ActionText::tr("&Doctor");
    case Action::CheckNow: // these each in one place alone
    case Action::CopyCommand:
    case Action::CopyHeader:
    case Action::CopyCurl:
    case Action::CopyPowerShell:
    case Action::CopyHttpFile:
        return {};
    }
    Q_UNREACHABLE();
}

QString menuText(Action action)
{
    const QString text = buttonText(action);
    return asking.testFlag(action)
        ? ActionText::tr("%1…", "an action; a question follows").arg(text)
        : text;
}

QString textOf(Action action)
{
    return withoutMnemonic(menuText(action));
}

QString pictureOf(Action action)
{
    switch (action) {
    case Action::SignIn:
        return u"sign-in"_s;
    case Action::EnterCode:
        return u"code"_s;
    case Action::DecideTrust:
        return u"certificate"_s;
    case Action::CopyToken:
        return u"copy"_s;
    case Action::RefreshNow:
        return u"refresh"_s;
    case Action::SignOut:
        return u"sign-out"_s;
    case Action::Rename:
    case Action::Remove:
    case Action::CheckNow:
    case Action::Examine:
    case Action::CopyCommand:
    case Action::CopyHeader:
    case Action::CopyCurl:
    case Action::CopyPowerShell:
    case Action::CopyHttpFile:
        return {};
    }
    Q_UNREACHABLE();
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
