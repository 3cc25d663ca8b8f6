// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! What a request says about its sender. Lists hold all values of a header, in case it occurs
//! twice.
struct Credentials {
    std::string_view target;
    std::vector<std::string_view> hosts;
    std::vector<std::string_view> origins;
    std::vector<std::string_view> sites; //!< Sec-Fetch-Site
    std::vector<std::string_view> keys; //!< Latchkey-Key
    bool isForWorker = false; //!< Service-Worker: a page wants to install code that outlives it
};

struct Admission {
    std::string target; //!< without the key
    std::string base; //!< the address in place of the appliance's, without a slash at its end
};

//! Admits requests that contain the key in one of three places: the first segment of the path, the
//! header Latchkey-Key, or a host name KEY.localhost. Refuses pages of other sites even with the
//! key, including those whose host name points to this machine: the only host names accepted are
//! localhost and KEY.localhost. The port and address that the client used do not matter, because
//! they may have been forwarded.
class Authenticator {
public:
    //! `address` is spelled as in a URL: `127.0.0.1` or `[::1]`.
    Authenticator(const std::string &address, unsigned port, std::string key);

    //! Throws HttpError with what is wrong. Complains about the key only if nothing else is wrong.
    [[nodiscard]] Admission admit(const Credentials &credentials) const;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::string header() const { return "Latchkey-Key: " + m_key; }
    [[nodiscard]] std::string browserUrl() const;
    [[nodiscard]] const std::string &key() const { return m_key; }

private:
    [[nodiscard]] bool isKeyHost(std::string_view host) const;
    [[nodiscard]] bool isKeyPrefix(std::string_view target) const;

    std::string m_port; //!< with its colon
    std::string m_address;
    std::string m_key;
};

//! 160 random bits in hexadecimal digits, which can be part of a path or of a host name.
[[nodiscard]] std::string newKey();

} // namespace latchkey::ctl
