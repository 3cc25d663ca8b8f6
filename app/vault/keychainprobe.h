// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QObject>
#include <QString>

namespace latchkey {

//! Port that tells how things stand with an item, without asking a person and without QtKeychain.
//! Needed because QtKeychain answers "entry not found" when there is none, when the prompt to
//! unlock the keychain was dismissed, and when it looks into the wrong keychain. probe() returns
//! at once; exactly one probed() follows.
class KeychainProbe : public QObject {
    Q_OBJECT
public:
    enum class Item {
        Readable, //!< or, where there is no such item yet, writable
        Locked,
        Closed, //!< locked too, but QtKeychain tells a dismissed prompt from a missing item
        Unknown, //!< a keychain that does not tell, or none
    };
    Q_ENUM(Item)

    struct Question {
        QString service;
        QString key;
        //! Those that are started if they do not run; others are asked only if they do.
        Keychains awaited;
        //! Whose state `item` is to be, where it answers. Started too if it is the Secret Service;
        //! QtKeychain would, and then with a prompt.
        Keychain inUse = Keychain::SecretService;
        //! Asking for it is one more call.
        bool wantsProgram = false;
    };
    struct Finding {
        Item item = Item::Unknown;
        Keychains answering;
        //! Those that say they hold the item.
        Keychains holders;
        //! What stands behind the one in use, such as `gnome-keyring`; empty where it is not known
        //! or not wanted.
        QString program;
    };
    using QObject::QObject;

    virtual void probe(const Question &question) = 0;

Q_SIGNALS:
    void probed(const latchkey::KeychainProbe::Finding &finding);
};

} // namespace latchkey
