// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/qtkeychainitem.h"

#include "base/logging.h"

#include <qt6keychain/keychain.h>

namespace latchkey {

namespace {

StoreError errorFrom(QKeychain::Error error)
{
    const bool isDenied =
        error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser;
    return isDenied ? StoreError::Denied : StoreError::Unavailable;
}

} // namespace

QtKeychainItem::QtKeychainItem(const QString &service, const QString &key, QObject *parent)
    : KeychainItem(parent)
    , m_service(service)
    , m_key(key)
{
}

QtKeychainItem::~QtKeychainItem()
{
    letGo();
}

void QtKeychainItem::read()
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    start(job, [this, job] {
        QByteArray bytes = job->binaryData();
        const Secret text = Secret::fromBytes(bytes);
        wipe(bytes);
        Q_EMIT found(text);
    });
}

void QtKeychainItem::write(const Secret &text)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(text.toString());
    start(job, [this] { Q_EMIT written(); });
}

template<typename Succeeded> void QtKeychainItem::start(QKeychain::Job *job, Succeeded succeeded)
{
    letGo();
    m_job = job;
    job->setKey(m_key);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this, succeeded](QKeychain::Job *ended) {
        m_job = nullptr;
        if (ended->error() == QKeychain::NoError)
            return succeeded();
        if (ended->error() == QKeychain::EntryNotFound) {
            Q_EMIT found({});
            return;
        }
        qCWarning(vaultLog) << "The keychain did not do it:" << ended->errorString();
        Q_EMIT failed(errorFrom(ended->error()));
    });
    job->start();
}

//! A job must not be destroyed while the keychain works on it, because the keychain writes into it
//! at the end. The job then deletes itself.
void QtKeychainItem::letGo()
{
    if (m_job)
        m_job->disconnect(this);
    m_job = nullptr;
}

} // namespace latchkey
