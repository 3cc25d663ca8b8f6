// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QList>
#include <QObject>

namespace latchkey {

//! Port to what can be seen of the keychains without asking anybody, and to the one question that
//! unlocks a collection of the Secret Service.
class KeychainWatch : public QObject {
    Q_OBJECT
public:
    //! A place for items: a collection of the Secret Service (a keyring, a database), or a wallet.
    struct Place {
        enum class Item {
            Hidden, //!< a locked place does not tell
            None,
            Guarded, //!< the item is there, and a person will be asked before it is read
            Readable,
        };
        Keychain keychain = Keychain::SecretService;
        //! A collection's D-Bus path; a wallet's name.
        QString name;
        bool isOpen = false;
        //! New items go here.
        bool isDefault = false;
        Item item = Item::Hidden;

        [[nodiscard]] bool holdsItem() const
        {
            return item == Item::Guarded || item == Item::Readable;
        }
    };
    struct Question {
        //! The item's name, as QtKeychain files it.
        QString service;
        QString key;
        //! The keychains to look at.
        Keychains keychains;
        //! Those of them that are started if they are not running.
        Keychains started;
    };
    struct Finding {
        Keychains answering;
        QList<Place> places;
        //! The program behind the Secret Service, such as `gnome-keyring`; may be empty.
        QString program;
    };
    enum class Answer {
        Open,
        Refused,
        Lost, //!< the keychain that asked is gone, or could not ask
    };
    using QObject::QObject;

    //! Returns at once; one seen() follows from the event loop, however long a keychain takes. A
    //! new look replaces the previous one.
    virtual void look(const Question &question) = 0;
    //! Returns at once; one answered() follows when a person has answered or can no longer do so.
    virtual void unlock(const QString &collection) = 0;
    //! answered() is no longer wanted: the question is withdrawn if the keychain can do that.
    virtual void dropQuestion() = 0;

Q_SIGNALS:
    void seen(const latchkey::KeychainWatch::Finding &finding);
    void answered(latchkey::KeychainWatch::Answer answer);
    //! Something about the keychains has changed, so it is worth looking again.
    void changed();
};

} // namespace latchkey
