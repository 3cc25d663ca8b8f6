// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "http/httpserver.h"

namespace latchkey::appliance {

class Appliance;
struct HttpRequest;

//! The control door, for tests and demonstrations: plain HTTP on a port of its own, without a
//! password. README.md lists its requests.
class Control final : public QObject {
    Q_OBJECT

public:
    explicit Control(Appliance &appliance);

    [[nodiscard]] bool start(quint16 port) { return m_server.start(port); }
    [[nodiscard]] QString errorString() const { return m_server.errorString(); }
    [[nodiscard]] QString url() const;

private:
    using Action = HttpReply (Control::*)(const HttpRequest &request);

    [[nodiscard]] HttpReply answer(const HttpRequest &request);
    [[nodiscard]] HttpReply state(const HttpRequest &request);
    [[nodiscard]] HttpReply log(const HttpRequest &request);
    [[nodiscard]] HttpReply code(const HttpRequest &request);
    [[nodiscard]] HttpReply certificate(const HttpRequest &request);
    [[nodiscard]] HttpReply setSwitches(const HttpRequest &request);
    [[nodiscard]] HttpReply revoke(const HttpRequest &request);
    [[nodiscard]] HttpReply newCertificate(const HttpRequest &request);
    [[nodiscard]] HttpReply reinstall(const HttpRequest &request);
    [[nodiscard]] HttpReply outage(const HttpRequest &request);
    [[nodiscard]] HttpReply check(const HttpRequest &request);

    Appliance &m_appliance;
    HttpServer m_server;
};

} // namespace latchkey::appliance
