// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"
#include "wire/http/network.h"

#include "base/deadline.h"

#include <QObject>

class QTcpSocket;

namespace latchkey {

class ConnectionRace;

//! Goes ahead of a request, with nothing of the request but its host and port, and finds out what
//! QNetworkAccessManager does not:
//! - which of a host's addresses is alive (the manager tries each for 30 s, one after the other);
//! - whether it is the proxy that is dead;
//! - what an HTTP proxy answers to CONNECT (the manager does not tell the status, and waits
//!   endlessly when the proxy hangs up).
//! Where there is a proxy, only the proxy's name is resolved, never the server's.
//!
//! go() is called once; at most one of arrived() and blocked() follows from the event loop. There
//! is no time limit: the caller has one. Destroying it ends it.
class Scout : public QObject {
    Q_OBJECT
public:
    Scout(Network network, ProxyChoice proxy, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~Scout() override;

    //! Whether there is anything to find out on the way to \a server.
    [[nodiscard]] static bool isNeeded(
        const Network &network, const ProxyChoice &proxy, const QUrl &server);

    void go(const QUrl &server);

    //! The proxy with the credentials with which it has let us pass. They are in UTF-8, as curl
    //! writes them; Qt writes Latin-1, and loses the letters that it does not have.
    [[nodiscard]] QNetworkProxy passedProxy() const;

Q_SIGNALS:
    //! The way is open. \a address is that of the proxy or, without a proxy, of the server; null
    //! when there was only one to choose. Over plain HTTP it is never null, because the exchange
    //! connects to it by itself.
    void arrived(const QHostAddress &address);
    //! Nothing gets through, because of \a error. \a proxyStatus is the proxy's answer to CONNECT,
    //! 0 when it gave none.
    void blocked(QNetworkReply::NetworkError error, int proxyStatus);

private:
    void onFound(const QList<QHostAddress> &addresses);
    void onWon(QTcpSocket *socket);
    void onLost();
    void askToPass();
    void onReadyRead();
    void onAnswer();
    [[nodiscard]] bool mayQtKnowBetter() const;

    Network m_network;
    ProxyChoice m_proxy;
    QUrl m_server;
    //! Of the proxy or, without a proxy, of the server.
    QString m_host;
    quint16 m_port = 0;
    std::unique_ptr<ConnectionRace> m_race;
    QTcpSocket *m_socket = nullptr;
    QByteArrayList m_answer;
    qsizetype m_answered = 0;
    bool m_isLeftToQt = false;
};

} // namespace latchkey
