// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/client.h"

#include "http/httprequest.h"

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView scheme = "Basic ";

//! Each half is encoded as in a form.
QString clientOfBasic(const QByteArray &authorization)
{
    const QByteArray pair = QByteArray::fromBase64(authorization.mid(scheme.size()).trimmed());
    const qsizetype colon = pair.indexOf(':');
    return Form::decodePart(pair.left(colon)) + ':'_L1 + Form::decodePart(pair.mid(colon + 1));
}

} // namespace

bool isFromClient(const HttpRequest &request, const QString &client)
{
    const QString known = client.contains(':'_L1) ? client : client + ':'_L1;
    const QByteArray authorization = request.headers.value("authorization");
    if (authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0)
        return clientOfBasic(authorization) == known;
    const Form form = request.fields();
    return form.value("client_id"_L1) + ':'_L1 + form.value("client_secret"_L1) == known;
}

} // namespace latchkey::appliance
