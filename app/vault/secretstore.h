// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

namespace latchkey {

//! Port to the place where one session's secret is kept. One object stands for one item.
//!
//! load(), save() and erase() return at once; exactly one result follows from the event loop. Only
//! one operation at a time: callers must wait for a result before they ask for the next operation.
class SecretStore : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Answered by loaded() or failed().
    virtual void load() = 0;
    //! Answered by saved() or failed().
    virtual void save(const Secret &secret) = 0;
    //! Answered by erased(), even if nothing was stored, or by failed().
    virtual void erase() = 0;
    //! Whether the secret outlives the program.
    [[nodiscard]] virtual bool isDurable() const = 0;

Q_SIGNALS:
    //! \a secret is empty if nothing is stored.
    void loaded(const latchkey::Secret &secret);
    void saved();
    void erased();
    void failed(latchkey::StoreError error);
    //! After failed(): the cause of the failure is gone.
    void recovered();
};

} // namespace latchkey
