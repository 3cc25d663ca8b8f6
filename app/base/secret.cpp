// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <QDebug>

#include <algorithm>
#include <memory>

namespace latchkey {

namespace {

//! Not with std::fill: the compiler may leave it out where the memory is freed next.
void overwrite(void *memory, std::size_t size)
{
    auto *byte = static_cast<volatile unsigned char *>(memory);
    std::fill(byte, byte + size, static_cast<unsigned char>(0));
}

//! Global, as the heap is: all secrets come from it.
std::pmr::memory_resource *&secretMemory()
{
    static std::pmr::memory_resource *memory = std::pmr::new_delete_resource();
    return memory;
}

} // namespace

class Secret::Buffer {
public:
    explicit Buffer(QByteArrayView bytes)
        : m_memory(secretMemory())
        , m_size(bytes.size())
        , m_bytes(static_cast<char *>(m_memory->allocate(size(), 1)))
    {
        std::copy(bytes.begin(), bytes.end(), m_bytes);
    }
    ~Buffer()
    {
        overwrite(m_bytes, size());
        m_memory->deallocate(m_bytes, size(), 1);
    }
    Q_DISABLE_COPY_MOVE(Buffer)

    [[nodiscard]] QByteArrayView view() const { return {m_bytes, m_size}; }

private:
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_size); }

    std::pmr::memory_resource *m_memory;
    qsizetype m_size;
    char *m_bytes;
};

void Secret::keepIn(std::pmr::memory_resource *memory)
{
    secretMemory() = memory;
}

Secret Secret::fromBytes(QByteArrayView bytes)
{
    Secret secret;
    if (!bytes.isEmpty())
        secret.m_buffer = std::make_shared<const Buffer>(bytes);
    return secret;
}

Secret Secret::fromString(QStringView text)
{
    QByteArray utf8 = text.toUtf8();
    Secret secret = fromBytes(utf8);
    wipe(utf8);
    return secret;
}

QByteArrayView Secret::bytes() const
{
    return m_buffer ? m_buffer->view() : QByteArrayView();
}

QString Secret::toString() const
{
    return QString::fromUtf8(bytes());
}

bool operator==(const Secret &a, const Secret &b)
{
    return a.bytes() == b.bytes();
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "Secret(" << secret.size() << " bytes)";
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        overwrite(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

void wipe(QString &text)
{
    if (text.isDetached())
        overwrite(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    text.clear();
}

} // namespace latchkey
