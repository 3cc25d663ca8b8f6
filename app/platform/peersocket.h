// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace latchkey {

//! A local socket that tells which process wrote the bytes that it received. A QLocalSocket cannot
//! do that, because it reads before anybody can ask. Everything goes through the event loop, except
//! that bytes are written at once as far as the system accepts them.
class PeerSocket : public QObject {
    Q_OBJECT
public:
    //! From now on received() names the process that writes to \a socket, or to a socket accepted
    //! from it.
    static void noteSenders(qintptr socket);

    //! \a descriptor is an accepted socket, which this object then owns; with -1 nothing ever
    //! happens.
    explicit PeerSocket(qintptr descriptor);
    ~PeerSocket() override;

    [[nodiscard]] qintptr descriptor() const { return m_descriptor; }
    void write(const QByteArray &bytes);
    [[nodiscard]] qsizetype bytesToWrite() const { return m_unsent.size(); }
    //! Closes once everything is written, and reads no more.
    void closeWhenWritten();
    //! Closes at once, without closed().
    void abort();

Q_SIGNALS:
    //! A piece that one process wrote; \a sender is its number, or 0 if that is not known.
    void received(const QByteArray &piece, qint64 sender);
    //! Closed by the other end or by closeWhenWritten(). No signal follows.
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
