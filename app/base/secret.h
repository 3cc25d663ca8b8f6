// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <memory_resource>

class QDebug;

namespace latchkey {

//! A password, code, ticket or token, as UTF-8 bytes. Copies share one buffer, which is
//! overwritten when the last of them goes. It has no way into a log: QDebug prints its length
//! at most, and nothing converts it implicitly.
class Secret {
public:
    Secret() = default;
    //! Where the bytes of secrets are kept from now on: a program says so once, before it has any.
    //! The ordinary heap until then.
    static void keepIn(std::pmr::memory_resource *memory);
    [[nodiscard]] static Secret fromBytes(QByteArrayView bytes);
    [[nodiscard]] static Secret fromString(QStringView text);

    [[nodiscard]] bool isEmpty() const { return bytes().isEmpty(); }
    [[nodiscard]] qsizetype size() const { return bytes().size(); }

    //! The bytes themselves, valid as long as this Secret or a copy of it lives.
    [[nodiscard]] QByteArrayView bytes() const;
    //! A copy that will not be wiped by us: for Qt calls that take nothing else.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Secret &a, const Secret &b);

private:
    class Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

QDebug operator<<(QDebug debug, const Secret &secret);

//! Overwrites what \a bytes holds, if nobody shares it, and empties it.
void wipe(QByteArray &bytes);
void wipe(QString &text);

} // namespace latchkey
