// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/antiforgery.h"

#include "http/httpreply.h"
#include "http/httprequest.h"

#include <QUuid>

#include <algorithm>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

bool AntiForgery::isDisabledBy(const HttpRequest &request)
{
    return request.fields().value("disable_antiforgery_token"_L1) == "true"_L1;
}

void AntiForgery::addCookie(HttpReply &reply)
{
    const QByteArray cookie = "antiforgery=" + QUuid::createUuid().toByteArray(QUuid::Id128);
    m_cookies.insert(cookie);
    reply.headers.append({"Set-Cookie", cookie + "; path=/; secure; httponly"});
}

bool AntiForgery::isSentBy(const HttpRequest &request) const
{
    const QList<QByteArray> sent = request.headers.value("cookie").split(';');
    return std::ranges::any_of(
        sent, [this](const QByteArray &cookie) { return m_cookies.contains(cookie.trimmed()); });
}

} // namespace latchkey::appliance
