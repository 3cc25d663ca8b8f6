// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainitem.h"

#include <QPointer>
#include <QString>

namespace QKeychain {
class Job;
}

namespace latchkey {

//! The keychain item through QtKeychain. Never falls back to plain text.
class QtKeychainItem final : public KeychainItem {
    Q_OBJECT
public:
    //! \a service and \a key are what people see in their keychain's own window.
    QtKeychainItem(const QString &service, const QString &key, QObject *parent = nullptr);
    ~QtKeychainItem() override;

    void read() override;
    void write(const Secret &text) override;
    void letGo() override;

private:
    template<typename Succeeded> void start(QKeychain::Job *job, Succeeded succeeded);

    QString m_service;
    QString m_key;
    QPointer<QKeychain::Job> m_job;
};

} // namespace latchkey
