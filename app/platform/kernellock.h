// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace latchkey {

//! A lock on a file that the kernel keeps for one process. The lock ends with the process, however
//! that ends, so no process number is needed to tell whether it is still valid. Children do not
//! inherit it. The file is never removed, so that nobody locks a file that another process has
//! already removed.
class KernelLock {
public:
    enum class Result {
        Taken,
        Held, //!< by another process, or by another KernelLock of ours
        Impossible, //!< no such folder, or a file system without locks; see problem()
    };

    KernelLock() = default;
    ~KernelLock();
    Q_DISABLE_COPY_MOVE(KernelLock)

    //! Makes the file if needed, but not its folder.
    [[nodiscard]] Result take(const QString &path);
    //! Why take() was impossible, in the system's words.
    [[nodiscard]] QString problem() const { return m_problem; }

    //! Writes \a text, the holder's message to other processes, into the file.
    void leaveWord(const QByteArray &text) const;
    //! The text that the holder has left, if any.
    [[nodiscard]] QByteArray word() const;

private:
    void release();

    int m_file = -1;
    QString m_problem;
};

} // namespace latchkey
