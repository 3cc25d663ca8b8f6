// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>

namespace latchkey::appliance {

using Fields = QList<std::pair<QString, QString>>;
using Headers = QList<std::pair<QByteArray, QByteArray>>;

struct Answer {
    int status = 0;
    QByteArray type; //!< without the character set
    QByteArray cookie;
    QByteArray body;
    QJsonObject json;

    [[nodiscard]] QString text(QLatin1StringView name) const { return json[name].toString(); }
};

//! A request as a table has it. The fields go into the body as `media` says: `form`, `multipart`,
//! `json`; nothing where that is empty.
struct Request {
    QByteArray method = "POST";
    QString path = {};
    QString media = QStringLiteral("form");
    Fields fields = {};
    Headers headers = {};
};

//! The demo appliance as a process, over plain HTTP.
class TestClient {
public:
    ~TestClient();

    [[nodiscard]] bool start(const QString &kind, const QStringList &switches = {});

    [[nodiscard]] Answer send(const Request &request);
    //! The token requests, the oldest first.
    [[nodiscard]] QJsonArray log();
    [[nodiscard]] Answer control(
        const QByteArray &method, const QString &path, const QJsonObject &body = {});

private:
    [[nodiscard]] Answer waited(QNetworkReply *reply);

    QProcess m_process;
    QNetworkAccessManager m_network;
    QString m_url;
    QString m_control;
};

} // namespace latchkey::appliance
