// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/account.h"

#include "base/byteordermark.h"
#include "base/combiningmarks.h"
#include "wire/oauth/kind.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// Limited because the list of accounts is read only up to `longestFile` bytes, so it must
// never be longer.
constexpr qsizetype longestName = 64;
constexpr qsizetype longestUser = 256;
constexpr qsizetype longestServer = 2048;

bool isValidName(const QString &name)
{
    return name.size() <= longestName && !name.startsWith(u'-')
        && std::ranges::none_of(
            name, [](QChar c) { return c.isSpace() || !c.isPrint() || c == u'/' || c == u'\\'; });
}

} // namespace

bool isLoopback(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

Result<QUrl, AccountProblem> Account::serverFrom(const QString &text)
{
    QString address = text.trimmed();
    if (address.isEmpty())
        return AccountProblem::ServerMissing;
    if (address.size() > longestServer)
        return AccountProblem::ServerTooLong;
    if (streamSafePieces(address).size() > 1) // no host has so many marks, and QUrl would take long
        return AccountProblem::ServerInvalid;
    if (!address.contains("://"_L1))
        address.prepend("https://"_L1);

    QUrl url(address, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty()
        || url.hasQuery() || url.hasFragment() || !address.isValidUtf16())
        return AccountProblem::ServerInvalid;
    if (url.scheme() == "http"_L1 && !isLoopback(url.host()))
        return AccountProblem::ServerInsecure;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    const QString encoded = url.toString(QUrl::FullyEncoded);
    if (encoded.size() > longestServer)
        return AccountProblem::ServerTooLong;
    // It is kept in this form; QUrl does not read all that it has written, such as odd zones of
    // IPv6.
    return QUrl(encoded, QUrl::StrictMode) == url ? Result<QUrl, AccountProblem>(url)
                                                  : AccountProblem::ServerInvalid;
}

Result<QString, AccountProblem> Account::nameFrom(const QString &text)
{
    const QString name = text.trimmed();
    if (name.isEmpty())
        return AccountProblem::NameMissing;
    if (!isValidName(name))
        return AccountProblem::NameInvalid;
    return name;
}

Result<QString, AccountProblem> Account::userFrom(const QString &text)
{
    const QString user = withoutByteOrderMarks(text.trimmed());
    if (user.isEmpty())
        return AccountProblem::UserMissing;
    if (user.size() > longestUser)
        return AccountProblem::UserTooLong;
    return user;
}

Result<Account, AccountProblem> Account::make(const Account &draft, const QString &serverText)
{
    const auto server = serverFrom(serverText);
    if (!server)
        return server.error();
    Account account = draft;
    account.server = *server;
    const auto user = userFrom(draft.user);
    if (!user)
        return user.error();
    account.user = *user;
    const auto name = nameFrom(draft.name);
    if (!name)
        return name.error();
    account.name = *name;
    if (!draft.keptAs.isEmpty() && !isValidName(draft.keptAs))
        return AccountProblem::NameInvalid;
    if (!Kind::isId(account.kind))
        return AccountProblem::KindUnknown;
    if (account.clientId.size() > longestUser)
        return AccountProblem::ClientTooLong;
    return account;
}

bool Account::isOnThisMachine() const
{
    return isLoopback(server.host());
}

bool Account::isSameUser(const Account &other) const
{
    return server == other.server && user == other.user && kind == other.kind
        && clientId == other.clientId;
}

} // namespace latchkey
