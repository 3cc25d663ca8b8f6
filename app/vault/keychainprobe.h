// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

namespace latchkey {

//! Port that tells whether an item can be read without asking a person. Needed because
//! QtKeychain answers "entry not found" both when there is none and when the prompt to unlock
//! the keychain was dismissed. probe() returns at once; exactly one probed() follows.
class KeychainProbe : public QObject {
    Q_OBJECT
public:
    enum class Item {
        Readable, //!< or, where there is no such item yet, writable
        Locked,
        Unknown, //!< a keychain that does not tell, or none
    };
    Q_ENUM(Item)
    using QObject::QObject;

    virtual void probe(const QString &service, const QString &key) = 0;

Q_SIGNALS:
    void probed(latchkey::KeychainProbe::Item item);
};

} // namespace latchkey
