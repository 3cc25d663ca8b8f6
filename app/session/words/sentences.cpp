// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/words/sentences.h"

#include "session/sessionstate.h"
#include "wire/oauth/kind.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! An HTTP proxy refused to open a tunnel (RFC 9110 §9.3.6).
Sentence refusedByProxy(int status, const Sentence &proxy)
{
    switch (status) {
    case 0:
        return translate(
            "Sentences", "The proxy %1 hung up without an answer. Ask whoever runs it.")
            .arg(proxy);
    case 407:
        return translate("Sentences",
            "The proxy %1 wants another user name and password (HTTP status 407). Set them, in "
            "https_proxy as http://USER:PASSWORD@HOST:PORT.")
            .arg(proxy);
    case 502:
    case 503:
    case 504:
        return translate("Sentences",
            "The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance's "
            "address; if it needs no proxy, name it in no_proxy.")
            .arg(proxy)
            .arg(status);
    default:
        return translate("Sentences",
            "The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed "
            "there; if it needs no proxy, name it in no_proxy.")
            .arg(proxy)
            .arg(status);
    }
}

Sentence proxyTrouble(const AuthError &error)
{
    const Sentence proxy = error.trace.proxy.isEmpty()
        ? translate("Sentences", "on the way", "in place of its name: the proxy on the way …")
        : Sentence{error.trace.proxy, error.trace.proxy};
    if (error.type == AuthError::Type::ProxyRefused)
        return refusedByProxy(error.httpStatus, proxy);
    if (error.type == AuthError::Type::ProxyUnreachable) {
        return translate("Sentences",
            "The proxy %1 cannot be reached. Check the network, and its address in https_proxy or "
            "in the system's settings.")
            .arg(proxy);
    }
    return translate("Sentences",
        "The proxy %1 is none that Latchkey can use. Set one that begins with http:// or "
        "socks5://, in https_proxy or in the system's settings.")
        .arg(proxy);
}

Sentence withHint(const Sentence &sentence, const QMap<QString, QString> &hint)
{
    if (hint.isEmpty())
        return sentence;
    return {sentence.english + u' ' + Kind::hintIn(hint, u"en"_s),
        sentence.translated + u' ' + Kind::hintIn(hint, QLocale().name())};
}

Sentence rejected(const AuthError &error)
{
    switch (error.httpStatus) {
    case 200:
        return translate("Sentences",
            "This user signs in through single sign-on, which Latchkey cannot do. Use a local "
            "user of the appliance.");
    case 403:
        return translate("Sentences",
            "The appliance does not let this user in now. Open its web page: its licence "
            "agreement may have to be accepted first.");
    default:
        return withHint(
            translate("Sentences",
                "The appliance refused the user name or the password. Check both and try again."),
            error.trace.hint);
    }
}

Sentence clientRejected()
{
    return translate("Sentences",
        "The appliance refused the client ID or the client secret. Check both and sign in again.");
}

Sentence unproven()
{
    return translate("Sentences",
        "What answers at this address refuses the session. Without https nobody can tell whether "
        "it is your appliance. If it is, sign in again.");
}

Sentence expired(const AuthError &error)
{
    if (error.answerLost) {
        return translate("Sentences",
            "The appliance's last answer never arrived, and it takes the old token no more. Sign "
            "in again.");
    }
    return translate("Sentences", "The appliance ended the session. Sign in again.");
}

Sentence otherUser(const QString &othersPlace)
{
    const Sentence place = othersPlace.isEmpty()
        ? translate("Sentences", "the appliance's port", "another user listens at …")
        : Sentence{othersPlace, othersPlace};
    return translate("Sentences",
        "Another user of this computer listens at %1. Nothing was sent to them. Find out who it "
        "is, and start your appliance or tunnel there again or at another port.")
        .arg(place);
}

Sentence handshakeRefused()
{
    return translate("Sentences",
        "The appliance broke off before the connection was secure, so nothing was sent. "
        "Check the port, and whether it wants a client certificate, which Latchkey does not "
        "have.");
}

Sentence vaultTrouble(AuthError::Type type)
{
    switch (type) {
    case AuthError::Type::StoreUnavailable:
        return translate("Sentences",
            "There is no keychain for the key to this session. Start one, such as GNOME Keyring "
            "or KWallet.");
    case AuthError::Type::StoreLocked:
        return translate("Sentences", "The keychain is locked. Unlock it.");
    case AuthError::Type::StoreDenied:
        return translate("Sentences",
            "The keychain was not unlocked: its question was answered with no, dismissed, or could "
            "not be shown. Unlock it, or sign in to be asked again.");
    case AuthError::Type::StoreSlow:
        return translate(
            "Sentences", "The keychain has not answered yet. See whether it asks for something.");
    case AuthError::Type::StoreElsewhere:
        return translate("Sentences",
            "The key to this session is in another keychain or database than the one that is "
            "open. Open that one.");
    case AuthError::Type::StoreKeyMissing:
        return translate(
            "Sentences", "The key to this session is gone from the keychain. Sign in again.");
    case AuthError::Type::StoreDiskFull:
        return translate("Sentences", "The disk is full. Make room on it.");
    case AuthError::Type::StoreNotWritable:
        return translate("Sentences",
            "Latchkey's data folder cannot be used. See that it can be made and that you may "
            "write to it.");
    case AuthError::Type::StoreDamaged:
        return translate("Sentences",
            "What was kept of this session is damaged and was put aside. Sign in again.");
    default:
        Q_UNREACHABLE();
    }
}

Sentence kindTrouble(AuthError::Type type)
{
    switch (type) {
    case AuthError::Type::KindMissing:
        return translate("Sentences",
            "Latchkey does not know this kind of appliance any more. Put its kind file back.");
    case AuthError::Type::KindChanged:
        return translate("Sentences",
            "The kind file of this appliance is another one than at the sign-in. Put the old one "
            "back, or sign in again.");
    case AuthError::Type::VersionRefused:
        return translate("Sentences",
            "The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or "
            "add the version to a kind file.");
    default:
        Q_UNREACHABLE();
    }
}

} // namespace

Sentence translate(const char *context, const char *text, const char *comment)
{
    return {QString::fromUtf8(text), QCoreApplication::translate(context, text, comment)};
}

Sentence translate(const char *context, const char *text, const char *comment, int count)
{
    return {QString::fromUtf8(text).replace("%n"_L1, QString::number(count)),
        QCoreApplication::translate(context, text, comment, count)};
}

Sentence sentenceFor(const AuthError &error)
{
    switch (error.type) {
    case AuthError::Type::Offline:
        return translate(
            "Sentences", "The appliance cannot be reached. Check the network and its address.");
    case AuthError::Type::Timeout:
        return translate("Sentences", "The appliance did not answer in time. Try again.");
    case AuthError::Type::ServerBusy:
        return translate("Sentences", "The appliance is busy or being updated. Try again later.");
    case AuthError::Type::Rejected:
        return rejected(error);
    case AuthError::Type::ClientRejected:
        return clientRejected();
    case AuthError::Type::CodeRejected:
        return translate("Sentences",
            "The appliance refused the code. Wait for the next one in your authenticator and "
            "enter it.");
    case AuthError::Type::Expired:
        return expired(error);
    case AuthError::Type::KindMissing:
    case AuthError::Type::KindChanged:
    case AuthError::Type::VersionRefused:
        return kindTrouble(error.type);
    case AuthError::Type::BadReply:
        return translate("Sentences",
            "What answered does not speak like an appliance. Check the address, and whether a "
            "proxy or a sign-in page stands in between.");
    case AuthError::Type::TlsUntrusted:
        return translate("Sentences",
            "The appliance's certificate is not trusted, so nothing was sent. Look at it and "
            "decide.");
    case AuthError::Type::TlsTooOld:
        return translate("Sentences",
            "The appliance speaks only an outdated version of TLS, so nothing was sent. Have a "
            "newer one switched on there.");
    case AuthError::Type::TlsRefused:
        return handshakeRefused();
    case AuthError::Type::PlainHttp:
        return translate(
            "Sentences", "What answers at this port speaks http, not https. Check the port.");
    case AuthError::Type::NotTls:
        return translate(
            "Sentences", "What answers at this port does not speak https. Check the port.");
    case AuthError::Type::Unproven:
        return unproven();
    case AuthError::Type::OtherUser:
        return otherUser(error.trace.othersPlace);
    case AuthError::Type::ProxyUnreachable:
    case AuthError::Type::ProxyRefused:
    case AuthError::Type::ProxyUnusable:
        return proxyTrouble(error);
    case AuthError::Type::StoreUnavailable:
    case AuthError::Type::StoreLocked:
    case AuthError::Type::StoreDenied:
    case AuthError::Type::StoreSlow:
    case AuthError::Type::StoreElsewhere:
    case AuthError::Type::StoreKeyMissing:
    case AuthError::Type::StoreDiskFull:
    case AuthError::Type::StoreNotWritable:
    case AuthError::Type::StoreDamaged:
        return vaultTrouble(error.type);
    }
    Q_UNREACHABLE();
}

Sentence sentenceForUnkept(StoreError error)
{
    const QString both = QStringLiteral("%1 %2");
    return Sentence{both, both}
        .arg(sentenceFor(authErrorFrom(error)))
        .arg(translate("Sentences", "Until then, this session ends with Latchkey."));
}

Sentence sentenceForSlowDisk()
{
    return translate("Sentences",
        "The disk has not taken it yet. Until it has, this holds only as long as Latchkey "
        "runs.");
}

Sentence sentenceForUnheardSignOut()
{
    return translate("Sentences",
        "Signed out here. The appliance has not confirmed it, so the tokens may be good "
        "there until they end.");
}

Sentence sentenceForUnforgotten()
{
    return translate("Sentences",
        "Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.");
}

Sentence sentenceForCertificate(bool isChanged)
{
    if (isChanged) {
        return translate("Sentences",
            "The appliance's certificate has changed. Find out why before you trust it.");
    }
    return translate("Sentences",
        "The appliance's certificate is not known. Compare its fingerprint, and trust it only if "
        "it is the same.");
}

Sentence sentenceForCode()
{
    return translate("Sentences", "The appliance asks for a verification code. Enter it.");
}

Sentence sentenceForUnnamedCertificate()
{
    return translate("Sentences",
        "The appliance's certificate is not the one that was named. Compare the two fingerprints.");
}

Sentence sentenceForDamagedList(const QString &path)
{
    return translate("Sentences",
        "The list of accounts could not be read in full; a copy is in %1. Kept sessions are back "
        "all the same. If one is missing, sign in to it again.")
        .arg(path);
}

Sentence sentenceForNoSocket()
{
    return translate("Sentences", "The socket for programs cannot be made; see the message above.");
}

Sentence sentenceForClocks()
{
    return translate("Sentences",
        "The clocks of the appliance and of this computer are more than a minute apart. Set "
        "them by a time server.");
}

} // namespace latchkey
