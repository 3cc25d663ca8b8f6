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

//! One state of one file: whatever takes its place or changes it is another.
struct FileId {
    quint64 device = 0;
    quint64 inode = 0;
    //! When its content, owner or mode changed last: nanoseconds since 1970.
    qint64 changedAt = 0;

    friend bool operator==(const FileId &, const FileId &) = default;
};

//! What a program is, by the kernel's word and never by its own.
struct Program {
    qint64 pid = 0;
    //! Its file. In brackets the name that it gives itself, where we see no such file: it lives in
    //! a container, or its file was replaced. Empty where the kernel does not tell, such as for
    //! another user's program or one that hides its memory.
    QString executable;
    //! Who started it, nearest first: each one's file, or its name in brackets where that is all
    //! that is known.
    QStringList parents;
    //! Such as `/dev/pts/3`; empty without one.
    QString terminal;
    //! The file itself; nothing where there is any doubt that this program asks, and no other.
    std::optional<FileId> file = {};
    //! Likewise that of the nearest parent.
    std::optional<FileId> parentFile = {};
    //! It lives in a container or sandbox with process numbers of its own: whoever rules over that
    //! may be anything there, under any name.
    bool hasOwnNumbers = false;

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

//! The process that has connected a local socket. It is held by a handle of the kernel's, so that
//! another process that got its number later is not taken for it (before Linux 6.5 only from the
//! moment on at which we asked). What it may be taken for is told by what it was when we accepted
//! it *and* by what it is when it asks: a process may become another program, and may leave its
//! socket to another process.
class Peer {
public:
    //! As it is now. Nothing when the kernel does not tell. \a socket is an accepted one.
    [[nodiscard]] static std::optional<Peer> of(qintptr socket, Ancestry &ancestry);

    [[nodiscard]] qint64 pid() const { return m_pid; }
    [[nodiscard]] bool isSameUser() const { return m_isSameUser; }
    //! Who asks, as it is now, by what \a sender has sent; see PeerSocket. Only `pid` once that
    //! process has ended.
    [[nodiscard]] Program program(qint64 sender, Ancestry &ancestry) const;
    [[nodiscard]] bool isAlive() const;
    //! As which its child \a pid counts if this one vouches for it: it is taken for this one.
    //! Nothing where it has no such child.
    [[nodiscard]] std::optional<Peer> child(qint64 pid) const;

private:
    class Handle;

    qint64 m_pid = 0;
    qint64 m_parent = 0;
    bool m_isSameUser = false;
    Program m_program;
    std::shared_ptr<const Handle> m_handle;
    std::shared_ptr<const Peer> m_voucher;
};

} // namespace latchkey
