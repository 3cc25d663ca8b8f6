// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

#include <memory>

namespace latchkey {

//! Reads an HTTP reply from the bytes of a connection that is closed after it (RFC 9112).
class PlainReply {
public:
    //! Takes a body up to \a largestBody bytes.
    explicit PlainReply(qint64 largestBody);
    ~PlainReply();
    Q_DISABLE_COPY_MOVE(PlainReply)

    void take(const QByteArray &bytes);
    //! The connection is closed.
    void close();

    //! Nothing that could still come changes anything.
    [[nodiscard]] bool isOver() const { return m_isOver; }
    //! What has been read so far.
    [[nodiscard]] HttpOutcome outcome() const;
    //! The values of a header, in their order.
    [[nodiscard]] QByteArrayList headers(const QByteArray &name) const;

private:
    struct Parser;

    [[nodiscard]] static qsizetype leastUnread(const Parser &parser);
    void onMessage();
    void end(QNetworkReply::NetworkError error);

    qint64 m_largestBody;
    std::unique_ptr<Parser> m_parser;
    QByteArray m_unread;
    int m_interim = 0;
    bool m_isOver = false;
    bool m_isTooLarge = false;
    QNetworkReply::NetworkError m_error = QNetworkReply::NoError;
};

} // namespace latchkey
