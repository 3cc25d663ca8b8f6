// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainchoice.h"
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
//!
//! While the keychain that holds the item does not answer, and where QtKeychain uses another one,
//! the vault is Unavailable: an item that is missing there is not taken for none.
class KeychainStore final : public SecretStore {
    Q_OBJECT
public:
    //! \a key is what people see in their keychain's own window, beside \a service.
    KeychainStore(const QString &service, const QString &key, std::unique_ptr<KeychainProbe> probe,
        std::shared_ptr<UnlockPrompt> prompt, std::shared_ptr<KeychainChoice> choice,
        QObject *parent = nullptr);
    ~KeychainStore() override;

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    void cancel();
    [[nodiscard]] bool isDurable() const override { return true; }

private:
    using JobMaker = std::function<QKeychain::Job *()>;
    void begin(Keychains awaited, JobMaker make, std::function<void(QKeychain::Job *)> succeeded);
    void onProbed(const KeychainProbe::Finding &finding);
    void onFinished(QKeychain::Job *job);
    void onLoaded(const Secret &secret);
    void onErased();
    [[nodiscard]] bool isElsewhere() const;
    void fail(StoreError error, const QString &why);

    QString m_service;
    QString m_key;
    std::unique_ptr<KeychainProbe> m_probe;
    std::shared_ptr<UnlockPrompt> m_prompt;
    std::shared_ptr<KeychainChoice> m_choice;
    Keychains m_awaited;
    KeychainProbe::Finding m_finding;
    JobMaker m_make;
    std::function<void(QKeychain::Job *)> m_succeeded;
    bool m_wasLocked = false;
    //! The last job was: the next one would ask again.
    bool m_wasDenied = false;
    //! What the log was told last: a trouble that lasts is told once.
    QString m_trouble;
    QPointer<QKeychain::Job> m_job;
};

} // namespace latchkey
