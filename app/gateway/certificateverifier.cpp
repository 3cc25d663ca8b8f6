// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/certificateverifier.h"

#include "client/failures.h"
#include "gateway/rules/appliance.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>

namespace latchkey::ctl {

namespace {

std::string fingerprintOf(X509_STORE_CTX *chain)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const X509 *leaf = X509_STORE_CTX_get0_cert(chain);
    if (leaf == nullptr || X509_digest(leaf, EVP_sha256(), digest.data(), &size) != 1)
        return "";
    std::string text;
    for (unsigned at = 0; at < size; ++at) {
        text += at == 0 ? "" : ":";
        text += "0123456789ABCDEF"[digest[at] / 16]; // NOLINT: both are below 16
        text += "0123456789ABCDEF"[digest[at] % 16]; // NOLINT
    }
    return text;
}

//! An index of our own, because Asio uses the one for the application's data.
int expectationIndex()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int judge(X509_STORE_CTX *chain, void *)
{
    const void *connection =
        X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
    auto *verifier = static_cast<CertificateVerifier *>(
        SSL_get_ex_data(static_cast<const SSL *>(connection), expectationIndex()));
    return verifier != nullptr && verifier->isMetBy(chain) ? 1 : 0;
}

bool isAddress(const std::string &host)
{
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host.c_str());
    ASN1_OCTET_STRING_free(address);
    return address != nullptr;
}

//! Without OpenSSL's macro, whose casts would cause warnings here.
bool setServerName(SSL *connection, std::string host)
{
    return SSL_ctrl(
               connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data())
        == 1;
}

//! RFC 6066, 3: an address is not a server name.
bool expectHost(SSL *connection, const std::string &host)
{
    X509_VERIFY_PARAM *wanted = SSL_get0_param(connection);
    if (isAddress(host))
        return X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), 0) == 1
        && setServerName(connection, host);
}

} // namespace

boost::asio::ssl::context makeTlsContext()
{
    boost::asio::ssl::context context(boost::asio::ssl::context::tls_client);
    SSL_CTX *native = context.native_handle();
    const bool isReady = SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1
        && SSL_CTX_set_default_verify_paths(native) == 1;
    if (!isReady)
        throw Failure(ExitCode::Failed, "OpenSSL does not work on this computer.");
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(native, judge, nullptr);
    return context;
}

CertificateVerifier::CertificateVerifier(SSL *connection, const Appliance &appliance)
    : m_pin(appliance.pin)
{
    SSL_set_ex_data(connection, expectationIndex(), this);
    if (!expectHost(connection, appliance.host))
        throw unusableAppliance();
}

bool CertificateVerifier::isMetBy(X509_STORE_CTX *chain)
{
    if (m_pin.empty()) {
        m_isDisappointed = X509_verify_cert(chain) != 1;
    } else {
        m_isDisappointed = fingerprintOf(chain) != m_pin;
        X509_STORE_CTX_set_error(chain, m_isDisappointed ? X509_V_ERR_CERT_REJECTED : X509_V_OK);
    }
    return !m_isDisappointed;
}

} // namespace latchkey::ctl
