// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>

namespace latchkey {

//! A request body that can be sent once and is wiped afterwards. QNetworkAccessManager quietly
//! sends a request again when the other side closes the connection without an answer; a refresh
//! token that was spent by then would be refused, and the refusal would look like the end of the
//! session. A body that cannot be rewound stops that: the request ends with an error instead.
class OneTimeBody final : public QIODevice {
    Q_OBJECT
public:
    explicit OneTimeBody(const QByteArray &bytes, QObject *parent = nullptr);
    ~OneTimeBody() override;

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_sent == m_bytes.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    QByteArray m_bytes;
    qsizetype m_sent = 0;
};

} // namespace latchkey
