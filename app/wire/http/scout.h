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

//! Goes ahead of a request, without TLS and without a word about it, to find what
//! QNetworkAccessManager does not: which of a host's addresses is alive (it gives each 30 s, one
//! after the other), whether it is the proxy that is dead, and what an HTTP proxy says to CONNECT
//! (it keeps the status to itself, and waits for ever for a proxy that hangs up). With a proxy,
//! only the proxy's own name is resolved.
//!
//! go() is called once; at most one of arrived() and blocked() follows, from the event loop: there
//! is no limit of time, which is the caller's. Destroying it ends it.
class Scout : public QObject {
    Q_OBJECT
public:
    Scout(Network network, ProxyChoice proxy, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~Scout() override;

    //! There is something to find out on the way to \a server.
    [[nodiscard]] static bool isNeeded(
        const Network &network, const ProxyChoice &proxy, const QUrl &server);

    void go(const QUrl &server);

    //! The proxy as it has let us pass. Qt would write letters of a password as Latin-1 and lose
    //! those that are not in it; curl and we write UTF-8.
    [[nodiscard]] QNetworkProxy passedProxy() const;

Q_SIGNALS:
    //! The way is open. \a address is the one to take of the proxy, or of the server where there is
    //! none; null where there was no choice.
    void arrived(const QHostAddress &address);
    //! Nothing gets through, because of \a error; a proxy said \a proxyStatus if that is not 0.
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
    //! Of the first on the way.
    QString m_host;
    quint16 m_port = 0;
    std::unique_ptr<ConnectionRace> m_race;
    QTcpSocket *m_socket = nullptr;
    QByteArrayList m_answer;
    qsizetype m_answered = 0;
    bool m_isLeftToQt = false;
};

} // namespace latchkey
