// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHostAddress>

namespace latchkey::test {

//! 127.0.0.2 with a port at which packets vanish: a client that connects there gets no answer, not
//! even a refusal. Made with a listener that accepts nobody and whose queue is full.
class DeadAddress {
public:
    explicit DeadAddress(quint16 port);
    ~DeadAddress();
    Q_DISABLE_COPY_MOVE(DeadAddress)

    //! Null, with a warning, if it could not be made.
    [[nodiscard]] QHostAddress address() const { return m_address; }

private:
    QHostAddress m_address;
    int m_listener = -1;
    int m_guest = -1;
};

} // namespace latchkey::test
