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

//! The demo appliance as a process of its own, with its control door (tests/appliance). The
//! variable LATCHKEY_DEMO_APPLIANCE names the program.
class DemoAppliance {
public:
    DemoAppliance() = default;
    ~DemoAppliance();
    Q_DISABLE_COPY_MOVE(DemoAppliance)

    //! False, with a warning that says why, when it does not come up.
    [[nodiscard]] bool start(const QStringList &options = {});

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString sha256() const { return m_sha256; }

    [[nodiscard]] QSslCertificate certificate();
    //! Another certificate and key; sha256() is then the new one's.
    [[nodiscard]] bool renewCertificate();
    //! While it is out, nothing listens on its port.
    [[nodiscard]] bool setOutage(bool isOut);
    //! Ends the refresh tokens of everybody.
    [[nodiscard]] bool revokeAll();

    [[nodiscard]] bool setSwitches(const QJsonObject &switches);
    //! One number of `GET /state`.
    [[nodiscard]] qint64 counter(const QString &name);
    //! All token requests, oldest first.
    [[nodiscard]] QJsonArray log();
    //! The verification code of this moment.
    [[nodiscard]] QString code(const QString &user);
    //! Is this access token good?
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
