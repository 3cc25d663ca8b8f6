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
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(Answer::None); });
    connect(&m_socket, &QLocalSocket::readyRead, this, &SecondStart::onReadyRead);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { finish(Answer::None); });
}

void SecondStart::ask(const QString &server, const QString &user)
{
    QJsonObject params;
    if (!server.isEmpty())
        params.insert(u"server"_s, server);
    if (!user.isEmpty())
        params.insert(u"user"_s, user);
    const QJsonObject request{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1},
        {u"method"_s, u"agent.raise"_s}, {u"params"_s, params}};
    connect(&m_socket, &QLocalSocket::connected, this, [this, request] {
        m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    });
    m_patience.start();
    m_socket.connectToServer(m_address);
}

void SecondStart::onReadyRead()
{
    if (!m_socket.canReadLine())
        return;
    const auto answer = QJsonDocument::fromJson(m_socket.readLine()).object();
    if (answer.contains("error"_L1))
        finish(Answer::Refused);
    else
        finish(answer.value("result"_L1).toBool() ? Answer::Raised : Answer::None);
}

void SecondStart::finish(Answer answer)
{
    m_socket.disconnect(this);
    m_patience.stop();
    Q_EMIT answered(answer);
}

} // namespace latchkey::ui
