// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/kernellock.h"

#include <QCoreApplication>
#include <QString>

namespace latchkey {

//! The program that has a user's sessions, as far as it has told.
struct Owner {
    //! `latchkey` or `latchkeyd`; empty where it has not said.
    QString program;
    qint64 pid = 0; //!< the process that a person would end; 0 where it has not said
    qint64 worker = 0; //!< the one that has the sessions and the lock: `pid` or its child
    qint64 started = 0; //!< of the worker, as of startOf()
    //! The name of the computer or container that it runs in.
    QString host;
    //! The path of its agent's socket.
    QString address;

    //! \a pid is the process that a person would end; the worker is this process.
    [[nodiscard]] static Owner self(const QString &program, const QString &address,
        qint64 pid = QCoreApplication::applicationPid());
    //! A part of a sentence, in English: program, process, host (if it is another than ours) and
    //! address, as far as they are known.
    [[nodiscard]] QString describe() const;
};

//! Who has the sessions of a data folder (docs/architecture.md §1): whoever holds the kernel's lock
//! on `owner.json` in it. We hold it, if nobody else does, for as long as this lives. It does
//! its work whatever run-time folder, socket or container the others use.
class Ownership {
public:
    enum class State {
        Ours,
        Anothers, //!< see owner()
        Unguarded, //!< the folder cannot be locked; the log says why
    };

    //! Where the owner is just ending, waits for its end, two seconds at most.
    Ownership(const QString &dataFolder, const Owner &us);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Owner &owner() const { return m_owner; }

private:
    [[nodiscard]] KernelLock::Result take(const QString &path, const Owner &us);

    KernelLock m_lock;
    State m_state = State::Unguarded;
    Owner m_owner;
};

} // namespace latchkey
