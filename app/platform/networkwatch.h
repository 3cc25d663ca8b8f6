// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

namespace latchkey {

//! Whether there is any network, as the operating system sees it (through QNetworkInformation).
//! A system that does not tell counts as having one.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    explicit NetworkWatch(QObject *parent = nullptr);

    [[nodiscard]] bool hasNetwork() const { return m_hasNetwork; }

Q_SIGNALS:
    void changed(bool hasNetwork);

private:
    void look();

    bool m_hasNetwork = true;
};

} // namespace latchkey
