// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QList>
#include <QObject>

namespace latchkey {

//! Port to what can be seen of the keychains from outside, without asking anybody, and to the one
//! question that unlocks a collection of the Secret Service.
class KeychainWatch : public QObject {
    Q_OBJECT
public:
    //! Where items rest: a collection of the Secret Service (a keyring, a database), or a wallet.
    struct Place {
        enum class Item {
            Hidden, //!< a locked place does not tell
            None,
            Guarded, //!< it is there, and a person will be asked before it is read
            Readable,
        };
        Keychain keychain = Keychain::SecretService;
        //! A collection's D-Bus path; a wallet's name.
        QString name;
        bool isOpen = false;
        //! Where a new item goes.
        bool isDefault = false;
        Item item = Item::Hidden;

        [[nodiscard]] bool holdsItem() const
        {
            return item == Item::Guarded || item == Item::Readable;
        }
    };
    struct Question {
        //! The item, as QtKeychain files it.
        QString service;
        QString key;
        //! Those that are looked at.
        Keychains keychains;
        //! Those of them that are started if they do not run.
        Keychains started;
    };
    struct Finding {
        Keychains answering;
        QList<Place> places;
        //! What stands behind the Secret Service, such as `gnome-keyring`; may be empty.
        QString program;
    };
    enum class Answer {
        Open,
        Refused,
        Lost, //!< the keychain that asked is gone, or could not ask
    };
    using QObject::QObject;

    //! Returns at once; one seen() follows from the event loop, however long a keychain takes. A
    //! new look replaces the one before.
    virtual void look(const Question &question) = 0;
    //! Returns at once; one answered() follows when a person has answered, or cannot any more.
    virtual void unlock(const QString &collection) = 0;
    //! Nobody waits for answered() any more: the question goes away, where it can.
    virtual void dropQuestion() = 0;

Q_SIGNALS:
    void seen(const latchkey::KeychainWatch::Finding &finding);
    void answered(latchkey::KeychainWatch::Answer answer);
    //! Something is different out there, and worth another look.
    void changed();
};

} // namespace latchkey
