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

//! One version of one file: a file that replaces it, or a change to it, makes another FileId.
struct FileId {
    quint64 device = 0;
    quint64 inode = 0;
    //! When its content, owner or mode last changed, in nanoseconds since 1970.
    qint64 changedAt = 0;

    friend bool operator==(const FileId &, const FileId &) = default;
};

//! What a program is according to the kernel; its scripts and what is in brackets are according to
//! the program itself.
struct Program {
    qint64 pid = 0;
    //! The path of its file. In brackets the name that it gives itself, if we cannot see that file:
    //! the program runs in a container, or its file was replaced. Empty if the kernel does not
    //! tell, such as for another user's program or one that hides its memory.
    QString executable;
    //! The programs that started it, nearest first: each one's file, or its name in brackets if
    //! nothing else is known.
    QStringList parents;
    //! Such as `/dev/pts/3`; empty if it has no terminal, or may have one that only it can see.
    QString terminal;
    //! The file itself; nothing if there is any doubt that this program, and no other, is asking.
    std::optional<FileId> file = {};
    //! The same for the nearest parent.
    std::optional<FileId> parentFile = {};
    //! It runs in a container or sandbox with process numbers of its own, or nobody can tell any
    //! more. Whoever controls such a place can run anything in it, under any name.
    bool hasOwnNumbers = false;
    //! The script that it says it runs, if `file` is an interpreter; empty if it says nothing.
    QString script = {};
    //! The same for the nearest parent.
    QString parentScript = {};

    friend bool operator==(const Program &, const Program &) = default;
};

//! Remembers for a second which programs started a process. A loop in a script asks again and
//! again, and reading this anew would take longer than the rest of the answer.
class Ancestry {
public:
    //! The process's own program first, then its parents.
    [[nodiscard]] QStringList from(qint64 pid);

private:
    struct Known {
        QStringList programs;
        std::chrono::steady_clock::time_point readAt;
    };
    QHash<qint64, Known> m_known;
};

//! The process that has connected to a local socket. It is held by a handle of the kernel's, so
//! that another process that gets its number later is not mistaken for it. Before Linux 6.5 this
//! holds only from the moment at which we asked for the handle. A peer is judged by what it was
//! when we accepted it *and* by what it is when it asks, because a process may become another
//! program and may pass its socket on to another process.
class Peer {
public:
    //! The peer as it is now; nothing if the kernel does not tell. \a socket is an accepted one.
    [[nodiscard]] static std::optional<Peer> of(qintptr socket, Ancestry &ancestry);

    [[nodiscard]] qint64 pid() const { return m_pid; }
    [[nodiscard]] bool isSameUser() const { return m_isSameUser; }
    //! The program that asks, as it is now; \a sender is the process that wrote the request, see
    //! PeerSocket. If it cannot be seen, as when it has ended, nothing is set but `pid` and
    //! `hasOwnNumbers`: to end at once takes nobody out of a sandbox.
    [[nodiscard]] Program program(qint64 sender, Ancestry &ancestry) const;
    //! The program when we accepted it; that of its parent, if that vouches for it.
    [[nodiscard]] const Program &firstProgram() const;
    [[nodiscard]] bool isAlive() const;
    //! Its child \a pid, if this process vouches for it: requests of the child count as requests of
    //! this process. Nothing if it has no such child.
    [[nodiscard]] std::optional<Peer> child(qint64 pid) const;

private:
    class Handle;

    [[nodiscard]] Program unseen() const;
    [[nodiscard]] Program programOfAnother(qint64 sender, Ancestry &ancestry) const;

    qint64 m_pid = 0;
    qint64 m_parent = 0;
    bool m_isSameUser = false;
    Program m_program;
    std::shared_ptr<const Handle> m_handle;
    std::shared_ptr<const Peer> m_voucher;
};

} // namespace latchkey
