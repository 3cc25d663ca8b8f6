// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpexchange.h"

#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>

#include <memory>
#include <vector>

namespace latchkey::test {

//! A request to a FakeNetwork. It outlives the reply.
struct FakeRequest {
    QNetworkRequest request;
    QByteArray method;
    QByteArray body;
    bool wasAborted = false;
    bool wereSslErrorsIgnored = false;
    qint64 readBufferSize = 0;
};

//! A reply under the test's control: head, body and end come when the test says so, as they would
//! from Qt. As with Qt, aborting the reply emits finished() from inside the call, with the code of
//! a cancelled operation.
class FakeReply final : public QNetworkReply {
    Q_OBJECT
public:
    using Header = std::pair<QByteArray, QByteArray>;

    FakeReply(const QNetworkRequest &request, const QByteArray &method,
        std::shared_ptr<FakeRequest> record, const QSslConfiguration &tls, QObject *parent);

    void sendHead(int status, const QList<Header> &headers = {});
    void sendBody(const QByteArray &bytes);
    void end(NetworkError code = NoError);
    //! Head, body and end at once.
    void answer(int status, const QByteArray &body,
        const QByteArray &contentType = "application/json", NetworkError code = NoError);
    //! Completes the handshake. Happens by itself before the head.
    void meetCertificate();
    //! Reports that the certificate is not trusted, and \a more. The reply ends here unless that is
    //! ignored.
    void meetUntrustedCertificate(const QList<QSslError> &more = {});

    void abort() override;
    void ignoreSslErrors() override;
    void setReadBufferSize(qint64 size) override;
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 longest) override;
    void sslConfigurationImplementation(QSslConfiguration &configuration) const override;

private:
    std::shared_ptr<FakeRequest> m_record;
    QSslConfiguration m_tls;
    QByteArray m_unread;
    bool m_isEncrypted = false;
};

//! Makes access managers that reach nobody. Requests wait until the test answers them.
class FakeNetwork {
public:
    FakeNetwork();
    ~FakeNetwork();
    Q_DISABLE_COPY_MOVE(FakeNetwork)

    //! What every reply reports about its TLS connection.
    void setTls(const QSslConfiguration &tls);

    [[nodiscard]] Network factory() const;
    [[nodiscard]] int managers() const;
    [[nodiscard]] int count() const;
    [[nodiscard]] const FakeRequest &request(int index = -1) const;
    //! Null if the reply is gone.
    [[nodiscard]] FakeReply *reply(int index = -1) const;

    struct State;

private:
    std::shared_ptr<State> m_state;
};

} // namespace latchkey::test
