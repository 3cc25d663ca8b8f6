// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>

namespace latchkey {

//! A request body that can be sent only once, and is wiped when it is destroyed. When the other
//! side closes the connection without an answer, QNetworkAccessManager quietly sends the request
//! again. If the appliance had already taken the refresh token, it would refuse the second one, and
//! that would look like the end of the session. A body that cannot be rewound prevents it: the
//! request ends with an error instead.
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
