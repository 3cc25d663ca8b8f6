// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/copytext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

QString address(const Account &account)
{
    return account.server.toString(QUrl::FullyEncoded) + u'/';
}

//! PowerShell takes typographic quotation marks for plain ones.
QString inPowerShell(QString text)
{
    static const QRegularExpression quote(u"(['\u2018-\u201b])"_s);
    return u'\'' + text.replace(quote, uR"(\1\1)"_s) + u'\'';
}

//! As `curl -H @-` reads the header, the token is on no command line. With `--pinnedpubkey` curl
//! sends nothing to whoever has not that key, so nobody else has to vouch for the certificate.
QString inCurl(const Account &account, const QByteArray &keySha256)
{
    if (keySha256.isEmpty() && !account.pin.isEmpty())
        return {};
    QString command = u"latchkeyctl header %1 | curl -H @- "_s.arg(shellWord(account.name));
    if (!keySha256.isEmpty())
        command += u"--insecure --pinnedpubkey %1 "_s.arg(
            shellWord(u"sha256//"_s + QString::fromLatin1(keySha256.toBase64())));
    return command + shellWord(address(account));
}

} // namespace

QString shellWord(QString text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9._:/-]+$"_s);
    if (plain.match(text).hasMatch())
        return text;
    return u'\'' + text.replace(u'\'', uR"('\'')"_s) + u'\'';
}

QString commandFor(Action way, const Account &account, const QByteArray &keySha256)
{
    if (way == Action::CopyCommand)
        return u"latchkeyctl header "_s + shellWord(account.name);
    if (way == Action::CopyCurl)
        return inCurl(account, keySha256);
    if (way == Action::CopyPowerShell)
        return u"Invoke-RestMethod -Uri %1 -Authentication Bearer -Token "
               "(latchkeyctl token %2 | ConvertTo-SecureString -AsPlainText -Force)"_s.arg(
                   inPowerShell(address(account)), inPowerShell(account.name));
    return {};
}

Secret secretFor(Action way, const Account &account, const Secret &token)
{
    QByteArray text;
    if (way == Action::CopyHttpFile)
        text += "GET "_ba + address(account).toUtf8() + '\n';
    if (way != Action::CopyToken)
        text += "Authorization: Bearer ";
    text += token.bytes();
    if (way == Action::CopyHttpFile)
        text += '\n';
    const Secret secret = Secret::fromBytes(text);
    wipe(text);
    return secret;
}

} // namespace latchkey::ui
