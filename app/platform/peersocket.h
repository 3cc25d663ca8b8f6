// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace latchkey {

//! A local socket that tells who wrote what it received: a QLocalSocket reads before anybody can
//! ask that. All goes by the event loop, but that as much as the system takes is written at once.
class PeerSocket : public QObject {
    Q_OBJECT
public:
    //! Whoever writes to \a socket, or is accepted by it, from now on is told in received().
    static void noteSenders(qintptr socket);

    //! \a descriptor is an accepted one, and becomes ours; -1 is one at which nothing happens.
    explicit PeerSocket(qintptr descriptor);
    ~PeerSocket() override;

    [[nodiscard]] qintptr descriptor() const { return m_descriptor; }
    void write(const QByteArray &bytes);
    [[nodiscard]] qsizetype bytesToWrite() const { return m_unsent.size(); }
    //! Closes once all is written, and reads no more.
    void closeWhenWritten();
    //! At once, and without closed().
    void abort();

Q_SIGNALS:
    //! What one process wrote: its number, or 0 where that is not known.
    void received(const QByteArray &piece, qint64 sender);
    //! By the other end, or by closeWhenWritten(). Nothing follows.
    void closed();

private:
    void read();
    void send();
    void end();

    qintptr m_descriptor;
    std::unique_ptr<QSocketNotifier> m_canRead;
    std::unique_ptr<QSocketNotifier> m_canWrite;
    QByteArray m_unsent;
    bool m_isClosing = false;
};

} // namespace latchkey
