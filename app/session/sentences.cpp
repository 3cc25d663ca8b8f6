// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sentences.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

//! The translators' context of all that stands here.
class Sentences {
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

QString rejected(const AuthError &error)
{
    switch (error.httpStatus) {
    case 200:
        return Sentences::tr("This user signs in through single sign-on, which Latchkey cannot do. "
                             "Use a local user of the appliance.");
    case 403:
        return Sentences::tr("The appliance does not let this user in now. Open its web page: "
                             "its licence agreement may have to be accepted first.");
    default:
        return Sentences::tr("The appliance refused the user name or the password. "
                             "Check both and try again.");
    }
}

} // namespace

QString sentenceFor(const AuthError &error)
{
    switch (error.kind) {
    case AuthError::Kind::Offline:
        return Sentences::tr("The appliance cannot be reached. Check its address and the network.");
    case AuthError::Kind::Timeout:
        return Sentences::tr("The appliance did not answer in time. Try again.");
    case AuthError::Kind::ServerBusy:
        return Sentences::tr("The appliance is busy or being updated. Try again later.");
    case AuthError::Kind::Rejected:
        return rejected(error);
    case AuthError::Kind::CodeRejected:
        return Sentences::tr("The appliance refused the code. "
                             "Wait for the next one in your authenticator and enter it.");
    case AuthError::Kind::Expired:
        if (error.answerLost)
            return Sentences::tr("The appliance's last answer never arrived, and it takes the old "
                                 "token no more. Sign in again.");
        return Sentences::tr("The appliance ended the session. Sign in again.");
    case AuthError::Kind::BadReply:
        return Sentences::tr("What answered does not speak like an appliance. Check the address, "
                             "and whether a proxy or a sign-in page stands in between.");
    case AuthError::Kind::TlsUntrusted:
        return Sentences::tr(
            "The connection is not secure, so nothing was sent. If the appliance's "
            "certificate is in question, look at it and decide.");
    case AuthError::Kind::StoreUnavailable:
        return Sentences::tr("There is no keychain to keep this session in. "
                             "It lasts until Latchkey ends.");
    case AuthError::Kind::StoreLocked:
        return Sentences::tr("The keychain is locked. Unlock it.");
    case AuthError::Kind::StoreDenied:
        return Sentences::tr("The keychain's question was dismissed or answered with no. "
                             "Ask again, and allow Latchkey to use it.");
    case AuthError::Kind::StoreSlow:
        return Sentences::tr("The keychain has not answered yet. "
                             "See whether it asks for something.");
    case AuthError::Kind::StoreElsewhere:
        return Sentences::tr("The key to this session is in another keychain or database than the "
                             "one that is open. Open that one.");
    case AuthError::Kind::StoreKeyMissing:
        return Sentences::tr("The key to this session is gone from the keychain. Sign in again.");
    case AuthError::Kind::StoreDiskFull:
        return Sentences::tr("The disk is full, so this session lasts until Latchkey ends. "
                             "Make room on it.");
    case AuthError::Kind::StoreNotWritable:
        return Sentences::tr("Latchkey's data folder cannot be used, so this session lasts until "
                             "Latchkey ends. See that you may write to it.");
    case AuthError::Kind::StoreDamaged:
        return Sentences::tr("What was kept of this session is damaged and was put aside. "
                             "Sign in again.");
    }
    Q_UNREACHABLE();
}

QString sentenceFor(AccountProblem problem)
{
    switch (problem) {
    case AccountProblem::ServerMissing:
        return Sentences::tr("Enter the appliance's address, such as https://backup.example.com.");
    case AccountProblem::ServerInvalid:
        return Sentences::tr("This is not the address of an appliance. "
                             "Enter one such as https://backup.example.com.");
    case AccountProblem::ServerInsecure:
        return Sentences::tr("Passwords are not sent over http. Enter an https address.");
    case AccountProblem::UserMissing:
        return Sentences::tr("Enter your user name on the appliance.");
    case AccountProblem::NameMissing:
        return Sentences::tr("Enter a short name for this session, such as prod.");
    case AccountProblem::NameInvalid:
        return Sentences::tr("Use a name of up to 64 letters, digits and signs, without spaces.");
    case AccountProblem::KindUnknown:
        return Sentences::tr("Latchkey does not know this kind of appliance.");
    case AccountProblem::NameTaken:
        return Sentences::tr("Another appliance or user has this name. Choose another name.");
    }
    Q_UNREACHABLE();
}

QString sentenceForCertificate(bool isChanged)
{
    if (isChanged) {
        return Sentences::tr("The appliance's certificate has changed. "
                             "Find out why before you trust it.");
    }
    return Sentences::tr("The appliance's certificate is not known. "
                         "Compare its fingerprint, then trust it.");
}

QString sentenceForClocks()
{
    return Sentences::tr("The clocks of the appliance and of this computer are more than a minute "
                         "apart. Set them by a time server.");
}

} // namespace latchkey
