// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/network.h"

#include <QHostInfo>

using namespace Qt::StringLiterals;

namespace latchkey {

bool isPlainHttp(const QUrl &server)
{
    return server.scheme() == "http"_L1;
}

namespace {

//! Only so many lookups run at a time. One that nobody waits for any more leaves the line, or names
//! that no server answers for would keep all others waiting.
void lookUp(const QString &host, QObject *context,
    const std::function<void(const QList<QHostAddress> &)> &found)
{
    const auto whenGone = std::make_shared<QMetaObject::Connection>();
    const int id = QHostInfo::lookupHost(host, context, [found, whenGone](const QHostInfo &info) {
        QObject::disconnect(*whenGone);
        found(info.addresses());
    });
    *whenGone =
        QObject::connect(context, &QObject::destroyed, [id] { QHostInfo::abortHostLookup(id); });
}

} // namespace

Network networkOfThisMachine(const ProxyFinder &proxyFor)
{
    return {[] { return std::make_unique<QNetworkAccessManager>(); }, proxyFor, lookUp};
}

} // namespace latchkey
