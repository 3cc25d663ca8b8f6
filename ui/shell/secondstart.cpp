// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/secondstart.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

SecondStart::SecondStart(QString agentAddress, QObject *parent)
    : QObject(parent)
    , m_address(std::move(agentAddress))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(5s);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(false); });
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        m_socket.write(R"({"jsonrpc":"2.0","id":1,"method":"agent.raise"})"
                       "\n");
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &SecondStart::onReadyRead);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { finish(false); });
}

void SecondStart::ask()
{
    m_patience.start();
    m_socket.connectToServer(m_address);
}

void SecondStart::onReadyRead()
{
    if (!m_socket.canReadLine())
        return;
    const auto answer = QJsonDocument::fromJson(m_socket.readLine()).object();
    finish(answer.value("result"_L1).toBool());
}

void SecondStart::finish(bool isRaised)
{
    m_socket.disconnect(this);
    m_patience.stop();
    Q_EMIT answered(isRaised);
}

} // namespace latchkey::ui
