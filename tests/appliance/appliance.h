// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "certificate.h"
#include "faults.h"
#include "http/httpserver.h"
#include "journal.h"
#include "resources.h"
#include "secretinjector.h"
#include "sessions.h"
#include "switches.h"
#include "tokenendpoint.h"
#include "users.h"

#include <QObject>

namespace latchkey::appliance {

//! The appliance as a whole. Puts the parts together that listen and answer, and offers what the
//! control door does to them.
class Appliance final : public QObject {
    Q_OBJECT

public:
    enum class Transport { Tls, PlainHttp };

    Appliance(Transport transport, const Dialect &dialect, Users users, Switches switches);

    [[nodiscard]] bool start(quint16 port) { return m_server.start(port); }
    [[nodiscard]] QString errorString() const { return m_server.errorString(); }
    [[nodiscard]] QString url() const;

    [[nodiscard]] const Certificate &certificate() const { return m_certificate; }
    [[nodiscard]] const Dialect &dialect() const { return m_dialect; }
    [[nodiscard]] const Switches &switches() const { return m_switches; }
    [[nodiscard]] Users &users() { return m_users; }
    [[nodiscard]] Sessions &sessions() { return m_sessions; }
    [[nodiscard]] const Journal &journal() const { return m_journal; }

    //! Returns a sentence about what is wrong with \a values; empty when they are taken.
    [[nodiscard]] QString setSwitches(const QJsonObject &values);

    //! Makes a new certificate under \a name, in which placeholders of secrets are filled. Ends
    //! open connections, so that the next request meets it, as after a restart of the web server.
    void renewCertificate(const QString &name);

    //! Becomes another installation at the same address: no session and no ticket is known any
    //! more, and key, kid and GUIDs are new.
    void reinstall();

    //! While it is out, nothing listens on the port. False when it could not be got back
    //! afterwards.
    [[nodiscard]] bool setOutage(bool isOut);

Q_SIGNALS:
    void ticketGiven(const QString &user);

private:
    void serve(HttpConnection &connection, const HttpRequest &request);
    void serveToken(HttpConnection &connection, const HttpRequest &request);
    [[nodiscard]] HttpReply answerToken(
        const HttpRequest &request, const QString &fault, quint64 entry);
    void send(HttpConnection &connection, HttpReply reply) const;
    void addUsualHeaders(HttpReply &reply) const;
    [[nodiscard]] QSslConfiguration nextConfiguration();

    Transport m_transport;
    const Dialect &m_dialect;
    Switches m_switches;
    Users m_users;
    Sessions m_sessions;
    TokenEndpoint m_tokenEndpoint;
    Resources m_resources;
    Faults m_faults;
    Journal m_journal;
    SecretInjector m_injector;
    Certificate m_certificate;
    HttpServer m_server;
};

} // namespace latchkey::appliance
