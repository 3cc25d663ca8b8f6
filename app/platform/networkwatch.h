// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Whether there is any network, according to the operating system. On Linux this is
//! NetworkManager, which knows only the interfaces that it manages, so the answer is no more than a
//! hint. A system that does not tell, or no longer does, counts as having a network.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    explicit NetworkWatch(QObject *parent = nullptr);
    ~NetworkWatch() override;

    //! True until the system has answered; changed() follows if that was wrong.
    [[nodiscard]] bool hasNetwork() const { return m_hasNetwork; }

Q_SIGNALS:
    void changed(bool hasNetwork);

private:
    class Private;

    void setNetwork(bool hasNetwork);

    bool m_hasNetwork = true;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
