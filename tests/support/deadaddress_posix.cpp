// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/deadaddress.h"

#include <QDebug>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey::test {

namespace {

constexpr quint32 addressBits = 0x7f000002;

} // namespace

DeadAddress::DeadAddress(quint16 port)
    : m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_guest(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    name.sin_addr.s_addr = htonl(addressBits);
    const auto *address = reinterpret_cast<const sockaddr *>(&name);
    // Linux queues one connection more than it is told to.
    if (bind(m_listener, address, sizeof name) == 0 && listen(m_listener, 0) == 0
        && connect(m_guest, address, sizeof name) == 0)
        m_address = QHostAddress(addressBits);
    else
        qWarning() << "There is no dead address:" << qt_error_string();
}

DeadAddress::~DeadAddress()
{
    close(m_guest);
    close(m_listener);
}

} // namespace latchkey::test
