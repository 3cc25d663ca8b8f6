// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

namespace latchkey {

//! Port to the one item that Latchkey has in the keychain. Each call returns at once and is
//! answered by one signal, possibly hours later while a person looks at a question; a new call
//! lets go of the one before, which is then not answered.
class KeychainItem : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! found() or failed().
    virtual void read() = 0;
    //! written() or failed(). Some keychains say that they have written when a person said no.
    virtual void write(const Secret &text) = 0;
    virtual void letGo() = 0;

Q_SIGNALS:
    //! Empty when there is none, or when a person dismissed the keychain's question.
    void found(const latchkey::Secret &text);
    void written();
    //! Unavailable or Denied.
    void failed(latchkey::StoreError error);
};

} // namespace latchkey
