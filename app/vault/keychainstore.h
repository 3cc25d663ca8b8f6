// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainprobe.h"
#include "vault/secretstore.h"

#include <QPointer>
#include <QString>

#include <functional>
#include <memory>

namespace QKeychain {
class Job;
}

namespace latchkey {

//! Whether one more prompt to unlock the keychain may be shown. Shared by all stores of a
//! program: a person who dismissed it once is not asked again for every session, and not again
//! until they do something that needs it.
class UnlockPrompt {
public:
    //! True once, and again after allow().
    [[nodiscard]] bool take() { return std::exchange(m_allowed, false); }
    void allow() { m_allowed = true; }

private:
    bool m_allowed = true;
};

//! One item of the OS keychain, through QtKeychain. Never falls back to plain text. An operation
//! may take minutes: it ends when the keychain's own prompt does, never by a timeout of ours.
class KeychainStore final : public SecretStore {
    Q_OBJECT
public:
    //! \a key is what people see in their keychain's own window, beside \a service.
    KeychainStore(const QString &service, const QString &key, std::unique_ptr<KeychainProbe> probe,
        std::shared_ptr<UnlockPrompt> prompt, QObject *parent = nullptr);
    ~KeychainStore() override;

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    void cancel() override;
    [[nodiscard]] bool isDurable() const override { return true; }

private:
    using JobMaker = std::function<QKeychain::Job *()>;
    void begin(JobMaker make, std::function<void(QKeychain::Job *)> succeeded);
    void onProbed(KeychainProbe::Item item);
    void onFinished(QKeychain::Job *job);

    QString m_service;
    QString m_key;
    std::unique_ptr<KeychainProbe> m_probe;
    std::shared_ptr<UnlockPrompt> m_prompt;
    JobMaker m_make;
    std::function<void(QKeychain::Job *)> m_succeeded;
    bool m_wasLocked = false;
    //! The last job was: the next one would ask again.
    bool m_wasDenied = false;
    QPointer<QKeychain::Job> m_job;
};

} // namespace latchkey
