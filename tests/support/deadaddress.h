// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHostAddress>

namespace latchkey::test {

//! 127.0.0.2, where packets to a port vanish: who connects there hears nothing, no refusal either.
//! A listener that takes nobody in, and whose queue is full.
class DeadAddress {
public:
    explicit DeadAddress(quint16 port);
    ~DeadAddress();
    Q_DISABLE_COPY_MOVE(DeadAddress)

    //! Null, with a warning, when it could not be made.
    [[nodiscard]] QHostAddress address() const { return m_address; }

private:
    QHostAddress m_address;
    int m_listener = -1;
    int m_guest = -1;
};

} // namespace latchkey::test
