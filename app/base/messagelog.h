// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/linelog.h"

#include <QMutex>
#include <QObject>

namespace latchkey {

//! How much of what Latchkey tells in its log is kept in a file.
class LogLevel {
    Q_GADGET
public:
    enum Value {
        Off, //!< nothing; the last messages are in memory only
        Info, //!< what happens to sessions, keychain and programs
        Debug, //!< each step as well
    };
    Q_ENUM(Value)
};

//! `off`, `info`, `debug`.
[[nodiscard]] QString scriptName(LogLevel::Value level);
[[nodiscard]] std::optional<LogLevel::Value> logLevelFrom(const QString &scriptName);

//! The last messages of Latchkey, for whoever looks for a fault: in memory, and where a person has
//! turned that on, in a bounded file. Holds no secret, as no message does. Owned by Service. add()
//! may be called from any thread.
class MessageLog {
public:
    struct Place {
        //! Of the messages, one a line.
        QString path;
        //! Remembers the level: `{"level": "debug"}`.
        QString levelPath;
    };
    //! Lines that are remembered; the file has up to four times as many.
    static constexpr qsizetype most = 1000;
    //! Bytes of a line that are kept.
    static constexpr qsizetype longestLine = 300;

    explicit MessageLog(Place place);

    //! Goes on where an earlier run of the program ended. Until then nothing is read or written.
    void begin();

    [[nodiscard]] LogLevel::Value level() const { return m_level; }
    //! Holds from now on, also in later runs. Nothing that is there is removed.
    void setLevel(LogLevel::Value level);
    [[nodiscard]] const QString &path() const { return m_place.path; }

    //! \a line has no end of line.
    void add(const QByteArray &line);
    //! The last `most`, oldest first.
    [[nodiscard]] QByteArrayList lines() const;

private:
    void apply() const;
    void remember(const QByteArray &line);

    Place m_place;
    LogLevel::Value m_level = LogLevel::Off;
    mutable QMutex m_guard;
    LineLog m_file;
    QByteArrayList m_lines;
};

} // namespace latchkey
