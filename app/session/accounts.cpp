// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/accounts.h"

#include "base/logging.h"
#include "base/wholefile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

} // namespace

Accounts::Accounts(QString path)
    : m_path(std::move(path))
{
}

QList<Account> Accounts::load() const
{
    if (!QFile::exists(m_path))
        return {};
    const auto document = QJsonDocument::fromJson(readWhole(m_path).value_or(QByteArray()));
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
    if (!isWhole) {
        qCWarning(sessionLog) << "The list of accounts could not be read in full; a copy is in"
                              << putAside(m_path);
    }
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
    if (const auto error = writeWhole(m_path, QJsonDocument(json).toJson())) {
        qCWarning(sessionLog) << "The list of accounts could not be saved:" << *error;
        return false;
    }
    m_saved = accounts;
    return true;
}

} // namespace latchkey
