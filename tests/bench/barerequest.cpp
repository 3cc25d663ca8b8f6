// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! The cost of any Qt program like latchkeyd: reads one keychain item and sends one request over
//! TLS to the given address. Prints a line when both are done, then idles.

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication program(argc, argv);
    QNetworkAccessManager network;
    auto *job = new QKeychain::ReadPasswordJob(u"bare-program"_s);
    job->setKey(u"nothing"_s);
    QObject::connect(job, &QKeychain::Job::finished, &network, [&network] {
        const QUrl address(QCoreApplication::arguments().value(1));
        QNetworkReply *reply = network.get(QNetworkRequest(address));
        QObject::connect(
            reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
        QObject::connect(reply, &QNetworkReply::finished, reply, [reply] {
            reply->deleteLater();
            std::puts("done");
            std::fflush(stdout);
        });
    });
    job->start();
    return QCoreApplication::exec();
}
