// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QSslCertificate>
#include <QUrl>

namespace latchkey::test {

//! The demo appliance as a process of its own, with its control interface (tests/appliance). The
//! variable LATCHKEY_DEMO_APPLIANCE names the program.
class DemoAppliance {
public:
    DemoAppliance() = default;
    ~DemoAppliance();
    Q_DISABLE_COPY_MOVE(DemoAppliance)

    //! False, with a warning that says why, if it does not start.
    [[nodiscard]] bool start(const QStringList &options = {});

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString sha256() const { return m_sha256; }

    [[nodiscard]] QSslCertificate certificate();
    //! Switches to another certificate and key; from then on sha256() is that of the new
    //! certificate.
    [[nodiscard]] bool renewCertificate();
    //! During an outage, nothing listens on its port.
    [[nodiscard]] bool setOutage(bool isOut);
    //! Revokes the refresh tokens of all users.
    [[nodiscard]] bool revokeAll();

    [[nodiscard]] bool setSwitches(const QJsonObject &switches);
    //! One number from `GET /state`.
    [[nodiscard]] qint64 counter(const QString &name);
    //! All token requests, the oldest first.
    [[nodiscard]] QJsonArray log();
    //! The user's present verification code.
    [[nodiscard]] QString code(const QString &user);
    //! Whether the access token is valid.
    [[nodiscard]] bool accepts(const QByteArray &accessToken);

private:
    [[nodiscard]] QJsonDocument control(const QString &path);
    [[nodiscard]] QJsonDocument control(const QString &path, const QJsonObject &body);
    [[nodiscard]] QJsonDocument documentOf(QNetworkReply *reply);

    QProcess m_process;
    QNetworkAccessManager m_network;
    QUrl m_url;
    QString m_control;
    QString m_sha256;
};

} // namespace latchkey::test
