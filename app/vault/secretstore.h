// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

namespace latchkey {

//! Port to the place where one session's secret rests: one object, one item.
//!
//! load(), save() and erase() return at once; exactly one result follows from the event loop. One
//! operation at a time: the next one is asked for after the result of the one before.
class SecretStore : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! loaded() or failed().
    virtual void load() = 0;
    //! saved() or failed().
    virtual void save(const Secret &secret) = 0;
    //! erased(), also when there was nothing, or failed().
    virtual void erase() = 0;
    //! Does it outlive the program?
    [[nodiscard]] virtual bool isDurable() const = 0;

Q_SIGNALS:
    //! Empty when nothing is stored.
    void loaded(const latchkey::Secret &secret);
    void saved();
    void erased();
    void failed(latchkey::StoreError error);
    //! After failed(): what was in the way is gone.
    void recovered();
};

} // namespace latchkey
