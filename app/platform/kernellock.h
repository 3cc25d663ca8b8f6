// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace latchkey {

//! A lock on a file that the kernel keeps for one process: it goes when the process goes, however
//! that ends, and no process number is needed to tell whether it is still good. Children do not
//! inherit it. The file stays, so that nobody ever locks one that another has removed.
class KernelLock {
public:
    enum class Result {
        Taken,
        Held, //!< by another process, or by another lock of ours
        Impossible, //!< no such folder, or a file system without locks; see problem()
    };

    KernelLock() = default;
    ~KernelLock();
    Q_DISABLE_COPY_MOVE(KernelLock)

    //! Makes the file if need be, but not its folder.
    [[nodiscard]] Result take(const QString &path);
    //! Why it was impossible, in the system's words.
    [[nodiscard]] QString problem() const { return m_problem; }

    //! Puts \a text into the file: what its holder has to say to the others.
    void leaveWord(const QByteArray &text) const;
    //! What the holder has left, if anything.
    [[nodiscard]] QByteArray word() const;

private:
    void release();

    int m_file = -1;
    QString m_problem;
};

} // namespace latchkey
