// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"
#include "gateway/patientstream.h"
#include "gateway/rules/appliance.h"
#include "gateway/rules/httperror.h"

namespace latchkey::ctl {

//! Asks the proxy at the other end of the connection for a tunnel to the appliance. Throws
//! HttpError with the proxy's name, what it said and what to do.
[[nodiscard]] Task<void> openTunnel(PatientStream &stream, const Appliance &appliance);

//! The error for a proxy that cannot be reached.
[[nodiscard]] HttpError proxyUnreachable(const Proxy &proxy);

} // namespace latchkey::ctl
