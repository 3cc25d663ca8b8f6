// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include "switches.h"

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

HttpReply delivered(HttpReply reply, Delivery delivery)
{
    reply.delivery = delivery;
    return reply;
}

HttpReply hugeReply(qint64 bytes)
{
    HttpReply reply = jsonReply({});
    reply.delivery = Delivery::Streamed;
    reply.streamBytes = bytes;
    return reply;
}

HttpReply deepReply(int depth)
{
    HttpReply reply = jsonReply({});
    reply.body = "{\"access_token\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}';
    return reply;
}

HttpReply notHttpReply()
{
    HttpReply reply;
    reply.delivery = Delivery::BodyAlone;
    reply.body = "220 mail.example ESMTP\r\n";
    return reply;
}

HttpReply redirectReply(const QString &location)
{
    HttpReply reply = htmlReply("302 Found", 302);
    reply.headers = {{"Location", location.toUtf8()}};
    return reply;
}

HttpReply garbageReply(int status)
{
    HttpReply reply = jsonReply({}, status);
    reply.body = "\x00\xff\xfe{\"access_token\":\x80"_ba;
    return reply;
}

HttpReply licenceReply()
{
    return problemReply(403, u"Forbidden"_s, {{u"licenseAgreementAcceptanceRequired"_s, true}});
}

} // namespace

std::optional<QString> Faults::take(const QString &grant)
{
    const QString only = m_switches.text(Switch::FaultGrant);
    const bool isMet = only == "any"_L1 || only == grant;
    if (!isArmed() || !isMet || m_switches.is(Switch::Fault, "tlsAlert"_L1))
        return std::nullopt;
    m_switches.useUpFault();
    return m_switches.text(Switch::Fault);
}

bool Faults::takeTlsAlert()
{
    if (!isArmed() || !m_switches.is(Switch::Fault, "tlsAlert"_L1))
        return false;
    m_switches.useUpFault();
    return true;
}

HttpReply Faults::apply(const QString &fault, const std::function<HttpReply()> &grant) const
{
    const QString name = fault.section(':'_L1, 0, 0);
    const QString argument = fault.section(':'_L1, 1);
    if (name == "hang"_L1)
        return delivered({}, Delivery::Never);
    if (name == "closeBeforeReply"_L1)
        return delivered({}, Delivery::HangUp);
    if (name == "reset"_L1)
        return delivered({}, Delivery::Reset);
    if (name == "notHttp"_L1)
        return notHttpReply();
    if (name == "dropAfterCommit"_L1)
        return delivered(grant(), Delivery::HangUp);
    if (name == "truncate"_L1)
        return delivered(grant(), Delivery::Truncated);
    if (name == "huge"_L1)
        return hugeReply(argument.toLongLong());
    if (name == "deepJson"_L1)
        return deepReply(argument.toInt());
    if (name == "redirect"_L1)
        return redirectReply(argument);
    if (name == "captivePortal"_L1)
        return htmlReply("Welcome to the hotel's network", 200);
    if (name == "licence"_L1)
        return licenceReply();
    return statusReply(argument.toInt());
}

bool Faults::isArmed() const
{
    return !m_switches.is(Switch::Fault, "none"_L1) && m_switches.number(Switch::FaultCount) != 0;
}

HttpReply Faults::statusReply(int status) const
{
    const QString body = m_switches.text(Switch::FaultBody);
    HttpReply reply = problemReply(status, u"Fault"_s);
    if (body == "json"_L1)
        reply = jsonReply({{u"message"_s, u"Fault"_s}}, status);
    else if (body == "html"_L1)
        reply = htmlReply("Fault " + QByteArray::number(status), status);
    else if (body == "garbage"_L1)
        reply = garbageReply(status);
    else if (body == "empty"_L1)
        reply.body.clear();
    else if (body.startsWith("text:"_L1))
        reply.body = body.section(':'_L1, 1).toUtf8();
    if (const QString type = m_switches.text(Switch::FaultType); !type.isEmpty())
        reply.contentType = type.toUtf8();
    if (const QString header = m_switches.text(Switch::FaultHeader); !header.isEmpty()) {
        reply.headers.append(
            {header.section(':'_L1, 0, 0).toUtf8(), header.section(':'_L1, 1).trimmed().toUtf8()});
    }
    if (const QString after = m_switches.text(Switch::RetryAfter); !after.isEmpty())
        reply.headers.append({"Retry-After", after.toUtf8()});
    return reply;
}

} // namespace latchkey::appliance
