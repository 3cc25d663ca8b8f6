// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace latchkey {

//! What a program is, by the kernel's word and never by its own.
struct Program {
    qint64 pid = 0;
    //! Its file; empty where the kernel does not tell, such as for another user's program.
    QString executable;
    //! Who started it, nearest first: each one's file, or its name in brackets where that is all
    //! that is known.
    QStringList parents;
    //! Such as `/dev/pts/3`; empty without one.
    QString terminal;

    friend bool operator==(const Program &, const Program &) = default;
};

//! Who started whom, remembered for a second: a loop in a script asks again and again, and reading
//! it would take longer than all the rest of an answer.
class Ancestry {
public:
    //! The process's own program first, then those of its parents.
    [[nodiscard]] QStringList from(qint64 pid);

private:
    struct Known {
        QStringList programs;
        std::chrono::steady_clock::time_point readAt;
    };
    QHash<qint64, Known> m_known;
};

//! The process at the other end of a local socket. It is held by a handle of the kernel's, so that
//! another process that got its number later is not taken for it (before Linux 6.5 only from the
//! moment on at which we asked).
class Peer {
public:
    //! Nothing when the kernel does not tell. \a socket is a QLocalSocket's descriptor.
    [[nodiscard]] static std::optional<Peer> of(qintptr socket);

    [[nodiscard]] qint64 pid() const { return m_pid; }
    [[nodiscard]] bool isSameUser() const { return m_isSameUser; }
    //! As it is now: a process may become another program. Only `pid` once it has ended.
    [[nodiscard]] Program program(Ancestry &ancestry) const;

private:
    class Handle;

    qint64 m_pid = 0;
    bool m_isSameUser = false;
    std::shared_ptr<const Handle> m_handle;
};

} // namespace latchkey
