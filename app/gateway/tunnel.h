// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/gateway/appliance.h"
#include "ctl/gateway/asio.h"
#include "ctl/gateway/patientstream.h"
#include "ctl/gateway/refused.h"

namespace latchkey::ctl {

//! Has the proxy at the other end of the connection lead it on to the appliance. Throws Refused
//! with the proxy's name, what it said and what to do.
[[nodiscard]] Task<void> openTunnel(PatientStream &stream, const Appliance &appliance);

//! No connection to the proxy came about.
[[nodiscard]] Refused proxyUnreachable(const Proxy &proxy);

} // namespace latchkey::ctl
