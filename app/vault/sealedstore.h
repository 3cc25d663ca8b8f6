// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/filequeue.h"
#include "vault/seal.h"
#include "vault/secretstore.h"
#include "vault/vaultkey.h"

namespace latchkey {

//! One file that is sealed with the vault key. What was not sealed for an owner of this name with
//! this key is Damaged, and put aside; it is never taken for nothing. A file that is not there is
//! no reason to ask the keychain for the key, and erasing needs none.
class SealedStore final : public SecretStore {
    Q_OBJECT
public:
    struct Place {
        //! Absolute.
        QString path;
        //! Whose it is, bound into the seal.
        SealOwner owner;
    };
    //! \a key and \a files are shared by all stores of a program and outlive them.
    SealedStore(Place place, VaultKey &key, FileQueue &files, QObject *parent = nullptr);

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    [[nodiscard]] bool isDurable() const override { return true; }

private:
    void onRead(const DurableFiles::Content &content);
    void open(const QByteArray &sealed);
    void write(const Secret &secret);
    //! Calls \a act with the key, now or when it is here; or fails with what is in its way.
    void withKey(std::function<void()> act);
    void onKeyChanged();
    void putAside();

    Place m_place;
    VaultKey &m_key;
    FileQueue &m_files;
    std::function<void()> m_onceKeyIsHere;
};

} // namespace latchkey
