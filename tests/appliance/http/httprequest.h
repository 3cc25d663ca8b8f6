// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/form.h"

#include <QByteArray>
#include <QHash>

namespace latchkey::appliance {

struct HttpRequest {
    QByteArray method;
    QString path;
    Form query;
    QHash<QByteArray, QByteArray> headers; //!< names in lower case
    QByteArray body;

    //! The token of `Authorization: Bearer …`, or nothing.
    [[nodiscard]] QByteArray bearer() const;

    //! What the body is: `form`, `multipart`, `json`, or nothing where it is something else.
    [[nodiscard]] QString media() const;

    //! The fields of the body. What does not say what it is, is read as a form.
    [[nodiscard]] Form fields() const;
};

//! Reads one HTTP/1.1 request from bytes as they come. Bodies need a Content-Length.
class RequestReader {
public:
    enum class Progress {
        NeedsMore,
        NeedsContinue, //!< the client waits for `100 Continue`; comes once for each request
        Ready, //!< take() gives the request
        Unreadable, //!< answer 400 and hang up
        TooLarge, //!< answer 413 and hang up, though most of it has not come yet
    };

    //! From the next request on.
    void setLargestBody(qsizetype bytes) { m_largestBody = bytes; }

    [[nodiscard]] Progress feed(const QByteArray &bytes);
    [[nodiscard]] HttpRequest take();
    [[nodiscard]] bool isEmpty() const { return m_buffer.isEmpty() && !m_hasHead; }

private:
    [[nodiscard]] bool readHead(const QByteArray &head);
    [[nodiscard]] bool readLength();

    QByteArray m_buffer;
    HttpRequest m_request;
    qsizetype m_length = 0;
    qsizetype m_largestBody = 1024 * 1024;
    bool m_hasHead = false;
};

} // namespace latchkey::appliance
