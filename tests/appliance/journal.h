// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <deque>

namespace latchkey::appliance {

struct HttpRequest;

//! What the appliance has seen: counters, and the newest 1000 token requests. Secrets are in clear,
//! so that tests can compare them.
class Journal {
public:
    //! Called for each TLS handshake, or where there is no TLS, for each TCP connection.
    void countHandshake() { ++m_handshakes; }
    void countHandshakeFailure() { ++m_handshakeFailures; }
    void countCredentials(const HttpRequest &request);

    void countResource() { ++m_resources; }

    //! A token request has come. Returns its number, which the two below want.
    [[nodiscard]] quint64 begin(
        const HttpRequest &request, const QString &grant, const QString &user);

    void setOutcome(quint64 id, int status, const QString &fault);

    //! Its answer is written, or the client is gone.
    void end(quint64 id, const QString &user);

    [[nodiscard]] QJsonArray log() const;
    [[nodiscard]] QJsonObject counters() const;

private:
    std::deque<QJsonObject> m_log;
    quint64 m_begun = 0;
    qint64 m_handshakes = 0;
    qint64 m_handshakeFailures = 0;
    qint64 m_credentialBytes = 0;
    qint64 m_resources = 0;
    QHash<QString, int> m_byGrant;
    QHash<QString, int> m_byStatus;
    QHash<QString, int> m_inFlight;
    QHash<QString, int> m_mostInFlight;
};

} // namespace latchkey::appliance
