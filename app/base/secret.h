// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <memory_resource>

class QDebug;

namespace latchkey {

//! A password, code, ticket or token, as UTF-8 bytes. Copies share one buffer, which is overwritten
//! when the last of them is destroyed. It cannot slip into a log: QDebug prints its length only,
//! and nothing converts it implicitly.
class Secret {
public:
    Secret() = default;
    //! Keeps the bytes of all secrets in \a memory, which outlives them, and not in the ordinary
    //! heap. A program calls it once, before it has any secret.
    static void keepIn(std::pmr::memory_resource *memory);
    [[nodiscard]] static Secret fromBytes(QByteArrayView bytes);
    [[nodiscard]] static Secret fromString(QStringView text);

    [[nodiscard]] bool isEmpty() const { return bytes().isEmpty(); }
    [[nodiscard]] qsizetype size() const { return bytes().size(); }

    //! Valid as long as this Secret or a copy of it lives.
    [[nodiscard]] QByteArrayView bytes() const;
    //! A copy that nobody wipes, for calls of Qt that take nothing else.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] QByteArray toByteArray() const { return bytes().toByteArray(); }

    friend bool operator==(const Secret &a, const Secret &b);

private:
    class Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

QDebug operator<<(QDebug debug, const Secret &secret);

//! Overwrites the content, unless it is shared with another copy, and empties it.
void wipe(QByteArray &bytes);
void wipe(QString &text);

} // namespace latchkey
