// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/testclient.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patience = 20'000;

QByteArray toForm(const Fields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    return pairs.join('&');
}

QByteArray toMultipart(const Fields &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        body += "--seam\r\nContent-Disposition: form-data; name=\"" + name.toUtf8() + "\"\r\n\r\n"
            + value.toUtf8() + "\r\n";
    }
    return body + "--seam--\r\n";
}

QByteArray toJson(const Fields &fields)
{
    QJsonObject object;
    for (const auto &[name, value] : fields)
        object.insert(name, value == "true"_L1 ? QJsonValue(true) : QJsonValue(value));
    return QJsonDocument(object).toJson();
}

std::pair<QByteArray, QByteArray> typeAndBody(const Request &request)
{
    if (request.media == "multipart"_L1)
        return {"multipart/form-data; boundary=\"seam\"", toMultipart(request.fields)};
    if (request.media == "json"_L1)
        return {"application/json", toJson(request.fields)};
    return {"application/x-www-form-urlencoded", toForm(request.fields)};
}

} // namespace

TestClient::~TestClient()
{
    QSignalSpy finished(&m_process, &QProcess::finished);
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !finished.wait(patience))
        m_process.kill();
}

bool TestClient::start(const QString &kind, const QStringList &switches)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList options{u"--http"_s, u"--kind"_s, kind, u"--parent"_s,
        QString::number(QCoreApplication::applicationPid())};
    for (const QString &pair : switches)
        options += {u"--set"_s, pair};
    m_process.start(qEnvironmentVariable("LATCHKEY_DEMO_APPLIANCE"), options);
    if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, patience))
        return false;
    const QJsonObject ready = QJsonDocument::fromJson(m_process.readLine()).object();
    m_url = ready["url"_L1].toString();
    m_control = ready["control"_L1].toString();
    return true;
}

Answer TestClient::send(const Request &request)
{
    QNetworkRequest sent(QUrl(m_url + request.path));
    for (const auto &[name, value] : request.headers)
        sent.setRawHeader(name, value);
    if (request.media.isEmpty())
        return waited(m_network.sendCustomRequest(sent, request.method));
    const auto [type, body] = typeAndBody(request);
    sent.setHeader(QNetworkRequest::ContentTypeHeader, type);
    return waited(m_network.sendCustomRequest(sent, request.method, body));
}

QJsonArray TestClient::log()
{
    return QJsonDocument::fromJson(control("GET", u"/log"_s).body).array();
}

Answer TestClient::control(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    QNetworkRequest sent(QUrl(m_control + path));
    sent.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return waited(m_network.sendCustomRequest(sent, method, QJsonDocument(body).toJson()));
}

Answer TestClient::waited(QNetworkReply *reply)
{
    QSignalSpy finished(reply, &QNetworkReply::finished);
    finished.wait(patience);
    reply->deleteLater();
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.type = reply->rawHeader("Content-Type").split(';').first();
    answer.cookie = reply->rawHeader("Set-Cookie").split(';').first();
    answer.body = reply->readAll();
    answer.json = QJsonDocument::fromJson(answer.body).object();
    return answer;
}

} // namespace latchkey::appliance
