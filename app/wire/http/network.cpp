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

Network networkOfThisMachine(const ProxyFinder &proxyFor)
{
    return {[] { return std::make_unique<QNetworkAccessManager>(); }, proxyFor,
        [](const QString &host, QObject *context,
            const std::function<void(const QList<QHostAddress> &)> &found) {
            QHostInfo::lookupHost(
                host, context, [found](const QHostInfo &info) { found(info.addresses()); });
        }};
}

} // namespace latchkey
