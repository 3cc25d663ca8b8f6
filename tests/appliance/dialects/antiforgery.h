// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSet>

namespace latchkey::appliance {

struct HttpReply;
struct HttpRequest;

//! The cookie that comes with tokens, and without which they are not refreshed.
class AntiForgery {
public:
    //! Whether the client says that it is no web browser, and is to be spared.
    [[nodiscard]] static bool isDisabledBy(const HttpRequest &request);

    void addCookie(HttpReply &reply);
    [[nodiscard]] bool isSentBy(const HttpRequest &request) const;

private:
    QSet<QByteArray> m_cookies;
};

} // namespace latchkey::appliance
