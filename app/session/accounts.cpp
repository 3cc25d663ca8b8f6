// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/accounts.h"

#include "base/logging.h"
#include "base/wholefile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

QJsonObject jsonFrom(const Account &account)
{
    // Encoded: in the readable form, a blank in the path would be refused when the file is read
    // again.
    const QString server = account.server.toString(QUrl::FullyEncoded);
    QJsonObject json{{u"name"_s, account.name}, {u"server"_s, server}, {u"user"_s, account.user},
        {u"kind"_s, account.kind}, {u"shortLived"_s, account.shortLived},
        {u"keepSignedIn"_s, account.keepSignedIn}, {u"signedOut"_s, account.isSignedOut},
        {u"pin"_s, account.pin.toText()}, {u"policy"_s, scriptName(account.policy)}};
    if (!account.clientId.isEmpty())
        json.insert(u"clientId"_s, account.clientId);
    if (account.isForgotten)
        json.insert(u"forgotten"_s, true);
    if (!account.keptAs.isEmpty())
        json.insert(u"keptAs"_s, account.keptAs);
    return json;
}

//! An unknown word may mean something stricter than any known policy, so it counts as Never.
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
    draft.clientId = json.value("clientId"_L1).toString();
    draft.shortLived = json.value("shortLived"_L1).toBool();
    draft.keepSignedIn = json.value("keepSignedIn"_L1).toBool(true);
    draft.isSignedOut = json.value("signedOut"_L1).toBool();
    draft.isForgotten = json.value("forgotten"_L1).toBool();
    draft.pin = Fingerprint::fromText(json.value("pin"_L1).toString()).value_or(Fingerprint());
    draft.policy = policyFrom(json.value("policy"_L1));
    draft.keptAs = json.value("keptAs"_L1).toString();
    return Account::make(draft, json.value("server"_L1).toString());
}

//! Two sessions in one place would use the same refresh token.
bool isNew(const QList<Account> &accounts, const Account &account)
{
    return std::ranges::none_of(accounts, [&](const Account &a) {
        const bool isInOnePlace = a.place() == account.place();
        return a.name == account.name || (isInOnePlace && !a.isForgotten && !account.isForgotten);
    });
}

} // namespace

Accounts::Accounts(QString path, FileQueue &files, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_files(files)
    , m_deadlines(deadlines)
    , m_retry(deadlines)
{
    connect(&m_retry, &Deadline::reached, this, &Accounts::write);
}

QList<Account> Accounts::load(const QString &path, QString *copy)
{
    QList<Account> accounts;
    const auto aside = readList(path, "accounts"_L1, [&accounts](const QJsonObject &json) {
        const auto account = accountFrom(json);
        const bool isGood = account && accounts.size() < most && isNew(accounts, *account);
        if (isGood)
            accounts.append(*account);
        return isGood;
    });
    if (aside) {
        qCWarning(sessionLog) << "The list of accounts could not be read in full; a copy is in"
                              << *aside;
        if (copy)
            *copy = *aside;
    }
    return accounts;
}

//! A list that still waits goes to the file queue, which outlives this object and writes it.
Accounts::~Accounts()
{
    if (m_written && m_next)
        write();
}

QByteArray Accounts::toJson(const QList<Account> &accounts)
{
    QJsonArray list;
    for (const Account &account : accounts)
        list.append(jsonFrom(account));
    return QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"accounts"_s, list}}).toJson();
}

void Accounts::save(const QList<Account> &accounts)
{
    if (!m_written && m_saved == accounts) {
        m_next.reset();
        m_retry.set({});
        QMetaObject::invokeMethod(
            this, [this, accounts] { Q_EMIT saved(accounts); }, Qt::QueuedConnection);
        return;
    }
    m_next = accounts;
    if (!m_written)
        write();
}

void Accounts::write()
{
    m_retry.set({});
    m_written = std::exchange(m_next, {});
    if (!m_written)
        return;
    using Failure = std::optional<StoreError>;
    m_files.run<Failure>(
        m_path,
        [path = m_path, text = toJson(*m_written)](
            DurableFiles &files) { return files.replace(path, text); },
        this, [this](const Failure &failure) { onWritten(failure); });
}

void Accounts::onWritten(const std::optional<StoreError> &error)
{
    constexpr Milliseconds pause = 5s;
    const QList<Account> written = *std::exchange(m_written, {});
    if (error) {
        m_next = m_next.value_or(written);
        m_retry.set(m_deadlines.now() + pause);
        Q_EMIT failed(*error);
        return;
    }
    m_saved = written;
    if (m_next)
        write();
    Q_EMIT saved(written);
}

} // namespace latchkey
