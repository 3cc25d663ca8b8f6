// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

namespace latchkey {

//! Port to Latchkey's one item in the keychain. Each call returns at once and is answered by one
//! signal, possibly hours later if a person has to answer a question first. A new call abandons the
//! previous one, which is then not answered.
class KeychainItem : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Answered by found() or failed().
    virtual void read() = 0;
    //! Answered by written() or failed(). Some keychains report success although a person said no.
    virtual void write(const Secret &text) = 0;
    virtual void letGo() = 0;

Q_SIGNALS:
    //! \a text is empty if there is no item, or if a person dismissed the keychain's question.
    void found(const latchkey::Secret &text);
    void written();
    //! \a error is Unavailable or Denied.
    void failed(latchkey::StoreError error);
};

} // namespace latchkey
