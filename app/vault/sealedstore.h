// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/filequeue.h"
#include "vault/seal.h"
#include "vault/secretstore.h"
#include "vault/vaultkey.h"

namespace latchkey {

//! One file that is sealed with the vault key. A file that was not sealed with this key for an
//! owner of this name is Damaged and put aside; it is never treated as missing. The keychain is not
//! asked for the key if there is no file, nor for erasing one.
class SealedStore final : public SecretStore {
    Q_OBJECT
public:
    struct Place {
        //! An absolute path.
        QString path;
        //! The owner, bound into the seal.
        SealOwner owner;
    };
    //! \a key and \a files are shared by all stores of a program and must outlive them.
    SealedStore(Place place, VaultKey &key, FileQueue &files, QObject *parent = nullptr);

    //! What can be read of the owner in the file from the next save() on.
    void setHead(const QByteArray &head) { m_place.owner.head = head; }

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    [[nodiscard]] bool isDurable() const override { return true; }

private:
    void onRead(const DurableFiles::Content &content);
    void open(const QByteArray &sealed);
    void write(const Secret &secret);
    //! Calls \a act once the key is here, or fails with what prevents that.
    void withKey(std::function<void()> act);
    void onKeyChanged();
    void putAside();

    Place m_place;
    VaultKey &m_key;
    FileQueue &m_files;
    std::function<void()> m_onceKeyIsHere;
};

} // namespace latchkey
