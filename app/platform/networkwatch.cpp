// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/networkwatch.h"

#include <QNetworkInformation>

namespace latchkey {

NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
{
    // The system's own source only. Others that Qt may offer on Linux guess from the routes, and
    // cost more than they tell.
    if (!QNetworkInformation::loadDefaultBackend())
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
        &NetworkWatch::look);
    look();
}

//! Anything more than a cut cable may reach an appliance in the same building.
void NetworkWatch::look()
{
    const bool hasNetwork = QNetworkInformation::instance()->reachability()
        != QNetworkInformation::Reachability::Disconnected;
    if (std::exchange(m_hasNetwork, hasNetwork) != hasNetwork)
        Q_EMIT changed(hasNetwork);
}

} // namespace latchkey
