// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "certificate.h"

#include "http/openssl.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace latchkey::appliance {

namespace {

constexpr long oneHour = 3600;
constexpr long oneYear = 365 * 24 * oneHour;

void addExtension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    X509_add_ext(certificate, extension.get(), -1);
}

//! As raw UTF-8: a name that OpenSSL converts by itself may have 64 characters at most.
void setNames(X509 *certificate, const QByteArray &commonName)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", V_ASN1_UTF8STRING,
        reinterpret_cast<const unsigned char *>(commonName.constData()),
        static_cast<int>(commonName.size()), -1, 0);
    X509_set_issuer_name(certificate, name);
}

void setValidity(X509 *certificate)
{
    X509_gmtime_adj(X509_getm_notBefore(certificate), -oneHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate), oneYear);
}

// Verifiers that follow RFC 5280 to the letter, as that of Python 3.13, want key usage and key
// identifier.
void addExtensions(X509 *certificate)
{
    addExtension(certificate, NID_subject_alt_name, "IP:127.0.0.1,IP:::1,DNS:localhost");
    addExtension(certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(certificate, NID_key_usage, "critical,digitalSignature,keyCertSign");
    addExtension(certificate, NID_ext_key_usage, "serverAuth");
    addExtension(certificate, NID_subject_key_identifier, "hash");
}

CertificatePointer selfSigned(EVP_PKEY *key, const QByteArray &name)
{
    CertificatePointer certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(
        X509_get_serialNumber(certificate.get()), QRandomGenerator::system()->generate64() >> 1);
    X509_set_pubkey(certificate.get(), key);
    setNames(certificate.get(), name);
    setValidity(certificate.get());
    addExtensions(certificate.get());
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

QSslKey toQt(EVP_PKEY *key)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return QSslKey(contents(bio.get()), QSsl::Ec);
}

QSslCertificate toQt(X509 *certificate)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return QSslCertificate(contents(bio.get()));
}

} // namespace

Certificate Certificate::make(const QString &name)
{
    const QByteArray commonName = name.isEmpty() ? "Latchkey demo appliance" : name.toUtf8();
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    Certificate made;
    made.m_configuration = QSslConfiguration::defaultConfiguration();
    made.m_configuration.setPrivateKey(toQt(key.get()));
    made.m_configuration.setLocalCertificate(toQt(selfSigned(key.get(), commonName).get()));
    return made;
}

QByteArray Certificate::pem() const
{
    return m_configuration.localCertificate().toPem();
}

QString Certificate::fingerprint() const
{
    const QByteArray digest = m_configuration.localCertificate().digest(QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

} // namespace latchkey::appliance
