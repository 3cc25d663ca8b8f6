// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! The sentences about accounts, and what the administrator says of them.

#include "session/words/sentences.h"

namespace latchkey {

Sentence sentenceFor(AccountProblem problem)
{
    switch (problem) {
    case AccountProblem::ServerMissing:
        return translate(
            "Sentences", "Enter the appliance's address, such as https://backup.example.com.");
    case AccountProblem::ServerInvalid:
        return translate("Sentences",
            "This is not the address of an appliance. Enter one such as "
            "https://backup.example.com.");
    case AccountProblem::ServerInsecure:
        return translate("Sentences", "Passwords are not sent over http. Enter an https address.");
    case AccountProblem::ServerTooLong:
        return translate("Sentences", "Enter an address of up to 2048 characters.");
    case AccountProblem::UserMissing:
        return translate("Sentences", "Enter the user name that you have on the appliance.");
    case AccountProblem::UserTooLong:
        return translate("Sentences", "Enter a user name of up to 256 characters.");
    case AccountProblem::NameMissing:
        return translate("Sentences", "Enter a short name for this session, such as prod.");
    case AccountProblem::NameInvalid:
        return translate("Sentences",
            "Use a name of up to 64 letters, digits and signs, without spaces, / and \\, and "
            "without a - at its beginning.");
    case AccountProblem::ClientTooLong:
        return translate("Sentences", "Enter a client ID of up to 256 characters.");
    case AccountProblem::KindUnknown:
        return translate("Sentences", "Latchkey does not know this kind of appliance.");
    case AccountProblem::NameTaken:
        return translate(
            "Sentences", "Another appliance or user has this name. Choose another name.");
    case AccountProblem::Disputed:
        return translate("Sentences",
            "The list of accounts names another appliance or user than what is kept under this "
            "name. Unlock the keychain, so that Latchkey sees which is right, or remove the "
            "session.");
    case AccountProblem::Busy:
        return translate("Sentences",
            "This session waits for a sign-in, a decision or the keychain. Rename it after that.");
    case AccountProblem::TooMany:
        return translate(
            "Sentences", "There are as many sessions as Latchkey can keep. Remove some first.");
    case AccountProblem::ApplianceNotAllowed:
        return translate("Sentences",
            "Your administrator does not allow this appliance. Ask for it to be added to those "
            "that are allowed.");
    case AccountProblem::KindNotAllowed:
        return translate("Sentences",
            "Your administrator does not allow this kind of appliance. Ask for it to be added to "
            "those that are allowed.");
    case AccountProblem::PinFixed:
        return sentenceForFixedPin();
    case AccountProblem::PolicyUnknown:
        return translate("Sentences",
            "Your administrator's policy cannot be read, so nobody knows what it allows. Have it "
            "corrected.");
    }
    Q_UNREACHABLE();
}

Sentence sentenceForPolicy(const QString &fault, bool isLastKnown)
{
    if (isLastKnown) {
        return translate("Sentences",
            "Your administrator's policy has a fault, so the last good one stays in force. Tell "
            "your administrator: %1.")
            .arg(fault);
    }
    return translate("Sentences",
        "Your administrator's policy has a fault. Until it is corrected, nobody can sign in, and "
        "no token is given out: %1. Tell your administrator.")
        .arg(fault);
}

Sentence sentenceForFixedPin()
{
    return translate("Sentences",
        "Your administrator has decided which certificate this appliance has, and this is another "
        "one. Nobody else can trust it: ask your administrator.");
}

Sentence sentenceForUnwatchedPolicy()
{
    return translate("Sentences",
        "The system does not tell Latchkey when the policy changes, so a change counts a few "
        "seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.");
}

Sentence sentenceForPreset()
{
    return translate(
        "Sentences", "Your administrator has set this session up. Sign in with your password.");
}

} // namespace latchkey
