// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Whether there is any network, as the operating system sees it: on Linux NetworkManager, which
//! knows only of the interfaces that it manages, so this is a hint and no more. A system that does
//! not tell, or does not tell any more, counts as having one.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    explicit NetworkWatch(QObject *parent = nullptr);
    ~NetworkWatch() override;

    //! True until the system has answered; changed() follows where that was wrong.
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
