// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSslConfiguration>

namespace latchkey::test {

//! The TLS configuration of a connection whose peer showed the certificate of support/data. Only Qt
//! can put a peer's certificate into a configuration, so this makes a handshake on the loopback
//! interface. If that fails, the peer certificate is null.
[[nodiscard]] QSslConfiguration configurationWithPeer();

} // namespace latchkey::test
