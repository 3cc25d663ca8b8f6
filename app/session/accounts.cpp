// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/accounts.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QJsonObject jsonFrom(const Account &account)
{
    // Encoded: as people read it, a blank in its path would be refused the next time.
    const QString server = account.server.toString(QUrl::FullyEncoded);
    QJsonObject json{{u"name"_s, account.name}, {u"server"_s, server}, {u"user"_s, account.user},
        {u"kind"_s, account.kind}, {u"shortLived"_s, account.shortLived},
        {u"keepSignedIn"_s, account.keepSignedIn}, {u"signedOut"_s, account.isSignedOut},
        {u"pin"_s, account.pin.toText()}, {u"policy"_s, scriptName(account.policy)}};
    if (account.keychain)
        json.insert(u"keychain"_s, scriptName(*account.keychain));
    return json;
}

//! A word that is not known may mean something stricter than what is.
HandOutPolicy::Value policyFrom(const QJsonValue &json)
{
    if (json.isUndefined())
        return HandOutPolicy::Allow;
    return handOutPolicyFrom(json.toString()).value_or(HandOutPolicy::Never);
}

Result<Account, AccountProblem> accountFrom(const QJsonObject &json)
{
    Account draft;
    draft.name = json.value("name"_L1).toString();
    draft.user = json.value("user"_L1).toString();
    draft.kind = json.value("kind"_L1).toString();
    draft.shortLived = json.value("shortLived"_L1).toBool();
    draft.keepSignedIn = json.value("keepSignedIn"_L1).toBool(true);
    draft.isSignedOut = json.value("signedOut"_L1).toBool();
    draft.pin = Fingerprint::fromText(json.value("pin"_L1).toString()).value_or(Fingerprint());
    draft.policy = policyFrom(json.value("policy"_L1));
    draft.keychain = keychainFromScript(json.value("keychain"_L1).toString());
    return Account::make(draft, json.value("server"_L1).toString());
}

bool isNewName(const QList<Account> &accounts, const QString &name)
{
    return std::ranges::none_of(accounts, [&](const Account &a) { return a.name == name; });
}

//! A copy that was put aside earlier is not overwritten either.
void putAside(const QString &path)
{
    const QString base = path + u".damaged"_s;
    QString aside = base;
    for (int n = 2; QFile::exists(aside); ++n)
        aside = base + u'-' + QString::number(n);
    QFile::copy(path, aside);
    qCWarning(sessionLog) << "The list of accounts could not be read in full; a copy is in"
                          << aside;
}

} // namespace

Accounts::Accounts(QString path)
    : m_path(std::move(path))
{
}

QList<Account> Accounts::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return {};
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const QJsonDocument document = QJsonDocument::fromJson(isOpen ? file.readAll() : QByteArray());
    const QJsonValue list = document.object().value("accounts"_L1);
    bool isWhole = list.isArray();
    QList<Account> accounts;
    for (const QJsonValue &entry : list.toArray()) {
        const auto account = accountFrom(entry.toObject());
        const bool isGood = account && isNewName(accounts, account->name);
        isWhole = isWhole && isGood;
        if (isGood)
            accounts.append(*account);
    }
    if (!isWhole)
        putAside(m_path);
    return accounts;
}

bool Accounts::save(const QList<Account> &accounts)
{
    if (m_saved == accounts)
        return true;
    QJsonArray list;
    for (const Account &account : accounts)
        list.append(jsonFrom(account));
    const QJsonObject json{{u"version"_s, 1}, {u"accounts"_s, list}};
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    // commit() alone would put a file in place whose text did not fit on the disk.
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(json).toJson()) > 0
        && file.flush() && file.commit()) {
        m_saved = accounts;
        return true;
    }
    qCWarning(sessionLog) << "The list of accounts could not be saved:" << file.errorString();
    return false;
}

} // namespace latchkey
