// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! What a request says about who sends it. All values of a header, should it stand there twice.
struct Credentials {
    std::string_view target;
    std::vector<std::string_view> hosts;
    std::vector<std::string_view> origins;
    std::vector<std::string_view> sites; //!< Sec-Fetch-Site
    std::vector<std::string_view> keys; //!< Latchkey-Key
    bool isForWorker = false; //!< Service-Worker: a page wants code that outlives it
};

struct Admission {
    std::string target; //!< without the key
    std::string base; //!< the address that stands in for the appliance's: no slash at its end
};

//! Lets in who knows the key, by one of three proofs: the path's first segment, the header
//! Latchkey-Key, or the host's name KEY.localhost. Keeps pages of other sites out all the same,
//! also those whose name points to this machine: no name is ours but localhost and those below it.
//! Which port and which address the client used says nothing: it may have been forwarded.
class Authenticator {
public:
    //! `address` as it stands in a URL: `127.0.0.1` or `[::1]`.
    Authenticator(const std::string &address, unsigned port, std::string key);

    //! Throws HttpError with what is wrong; of the key only once nothing else is.
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

//! 160 random bits in hexadecimal digits: good in a path and in a host's name.
[[nodiscard]] std::string newKey();

} // namespace latchkey::ctl
