// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/kernellock.h"

#include <QCoreApplication>
#include <QString>

namespace latchkey {

//! A program that has a user's sessions.
struct Owner {
    //! `latchkey` or `latchkeyd`; empty where it has not said.
    QString program;
    qint64 pid = 0; //!< that which people are told
    qint64 worker = 0; //!< that which has the sessions, and so the lock
    //! The computer, or the container, that it runs in.
    QString host;
    //! Where it answers programs.
    QString address;

    //! This process, which may be another than the one that people are told.
    [[nodiscard]] static Owner self(const QString &program, const QString &address,
        qint64 pid = QCoreApplication::applicationPid());
    //! For a sentence: what is known of program, process, host (if it is another) and address.
    [[nodiscard]] QString describe() const;
};

//! Who has the sessions of a data folder (docs/architecture.md §1): whoever holds the kernel's lock
//! on a file in it, for as long as this lives. No process number, run-time folder or socket gets
//! around that.
class Ownership {
public:
    enum class State {
        Ours,
        Anothers, //!< see owner()
        Unguarded, //!< the folder cannot be locked; the log says why
    };

    //! Whoever is ending just then is waited for, two seconds at most.
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
