// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace latchkey::appliance {

struct HttpRequest;

//! Whether a request comes from \a client, `id:secret`: by HTTP Basic or by the fields `client_id`
//! and `client_secret` (RFC 6749 §2.3.1). Without a secret, the id alone is compared.
[[nodiscard]] bool isFromClient(const HttpRequest &request, const QString &client);

} // namespace latchkey::appliance
