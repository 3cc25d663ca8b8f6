// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/secretservicesession.h"

#include <dlfcn.h>

namespace latchkey {

//! Acts only if QtKeychain has already loaded libsecret; never loads it.
void dropSecretServiceSession()
{
    void *library = dlopen("libsecret-1.so.0", RTLD_LAZY | RTLD_NOLOAD);
    if (!library)
        return;
    using Disconnect = void (*)();
    if (const auto disconnect =
            reinterpret_cast<Disconnect>(dlsym(library, "secret_service_disconnect")))
        disconnect();
    dlclose(library);
}

} // namespace latchkey
