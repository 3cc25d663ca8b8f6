// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/fakenetwork.h"

#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::test {

struct FakeNetwork::State {
    QSslConfiguration tls;
    int managers = 0;
    std::vector<std::shared_ptr<FakeRequest>> requests;
    std::vector<QPointer<FakeReply>> replies;

    [[nodiscard]] std::size_t at(int index) const
    {
        return index < 0 ? requests.size() - 1 : static_cast<std::size_t>(index);
    }
};

namespace {

class FakeManager final : public QNetworkAccessManager {
public:
    explicit FakeManager(std::shared_ptr<FakeNetwork::State> state)
        : m_state(std::move(state))
    {
    }

protected:
    QNetworkReply *createRequest(
        Operation, const QNetworkRequest &request, QIODevice *outgoing) override
    {
        const QByteArray method =
            request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
        auto record = std::make_shared<FakeRequest>(
            FakeRequest{request, method, outgoing ? outgoing->readAll() : QByteArray()});
        auto *reply = new FakeReply(request, method, record, m_state->tls, this); // as Qt's do
        m_state->requests.push_back(record);
        m_state->replies.emplace_back(reply);
        return reply;
    }

private:
    std::shared_ptr<FakeNetwork::State> m_state;
};

} // namespace

FakeReply::FakeReply(const QNetworkRequest &request, const QByteArray &method,
    std::shared_ptr<FakeRequest> record, const QSslConfiguration &tls, QObject *parent)
    : QNetworkReply(parent)
    , m_record(std::move(record))
    , m_tls(tls)
{
    setRequest(request);
    setUrl(request.url());
    setAttribute(QNetworkRequest::CustomVerbAttribute, method);
    open(QIODevice::ReadOnly);
}

void FakeReply::sendHead(int status, const QList<Header> &headers)
{
    meetCertificate();
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, status);
    for (const auto &[name, value] : headers)
        setRawHeader(name, value);
    Q_EMIT metaDataChanged();
}

void FakeReply::sendBody(const QByteArray &bytes)
{
    m_unread += bytes;
    Q_EMIT readyRead();
}

void FakeReply::end(NetworkError code)
{
    if (code != NoError) {
        setError(code, u"as the test says"_s);
        Q_EMIT errorOccurred(code);
    }
    setFinished(true);
    Q_EMIT finished();
}

void FakeReply::answer(
    int status, const QByteArray &body, const QByteArray &contentType, NetworkError code)
{
    sendHead(status, {{"Content-Type", contentType}});
    m_unread += body;
    end(code);
}

void FakeReply::meetCertificate()
{
    if (!std::exchange(m_isEncrypted, true))
        Q_EMIT encrypted();
}

void FakeReply::meetUntrustedCertificate(const QList<QSslError> &more)
{
    Q_EMIT sslErrors(
        QList{QSslError(QSslError::SelfSignedCertificate, m_tls.peerCertificate())} + more);
    m_record->wereSslErrorsIgnored ? meetCertificate() : end(SslHandshakeFailedError);
}

void FakeReply::abort()
{
    m_record->wasAborted = true;
    if (isFinished())
        return;
    close();
    end(OperationCanceledError);
}

void FakeReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    m_record->readBufferSize = size;
}

qint64 FakeReply::bytesAvailable() const
{
    return m_unread.size() + QNetworkReply::bytesAvailable();
}

qint64 FakeReply::readData(char *data, qint64 longest)
{
    const qint64 count = std::min<qint64>(longest, m_unread.size());
    std::memcpy(data, m_unread.constData(), static_cast<std::size_t>(count));
    m_unread.remove(0, count);
    return count;
}

void FakeReply::ignoreSslErrors()
{
    m_record->wereSslErrorsIgnored = true;
}

void FakeReply::sslConfigurationImplementation(QSslConfiguration &configuration) const
{
    configuration = m_tls;
}

FakeNetwork::FakeNetwork()
    : m_state(std::make_shared<State>())
{
}

FakeNetwork::~FakeNetwork() = default;

void FakeNetwork::setTls(const QSslConfiguration &tls)
{
    m_state->tls = tls;
}

Network FakeNetwork::factory() const
{
    return {[state = m_state]() -> std::unique_ptr<QNetworkAccessManager> {
        ++state->managers;
        return std::make_unique<FakeManager>(state);
    }};
}

int FakeNetwork::managers() const
{
    return m_state->managers;
}

int FakeNetwork::count() const
{
    return static_cast<int>(m_state->requests.size());
}

const FakeRequest &FakeNetwork::request(int index) const
{
    return *m_state->requests.at(m_state->at(index));
}

FakeReply *FakeNetwork::reply(int index) const
{
    return m_state->replies.at(m_state->at(index));
}

} // namespace latchkey::test
