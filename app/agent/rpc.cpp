// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/rpc.h"

#include "agent/refusals.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// JSON-RPC 2.0 §5.1; the server's own errors are -32000 to -32099.
constexpr int parseError = -32700;
constexpr int invalidRequest = -32600;
constexpr int methodNotFound = -32601;
constexpr int invalidParams = -32602;
constexpr int firstOwnError = -32000;

//! Qt writes half of a surrogate pair as an escape, `\ud800` to `\udfff`, and other parsers then
//! refuse the whole line. Whole characters it writes as UTF-8, so each such escape is a half.
QByteArray wellFormed(QByteArray json)
{
    for (qsizetype at = json.indexOf('\\'); at >= 0; at = json.indexOf('\\', at + 2)) {
        if (json.at(at + 1) == 'u' && json.at(at + 2) == 'd' && json.at(at + 3) >= '8')
            json.replace(at, 6, "\\ufffd");
    }
    return json;
}

QByteArray line(QJsonObject object)
{
    object.insert(u"jsonrpc"_s, u"2.0"_s);
    return wellFormed(QJsonDocument(object).toJson(QJsonDocument::Compact)) + '\n';
}

QString wordOf(Refusal reason)
{
    const std::string_view word = protocol::reasonOf(reason);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

//! From the exit codes: `Failed` (1) is the first of our own errors, and `NoSession` (4) the third.
//! `Usage` has a code of JSON-RPC's own.
int codeOf(Refusal reason)
{
    if (reason == Refusal::Usage)
        return invalidParams;
    return firstOwnError - std::max(static_cast<int>(reason) - 2, 0);
}

QByteArray errorLine(const QJsonValue &id, int code, const RpcError &error)
{
    QJsonObject data = error.more;
    data.insert(u"reason"_s, wordOf(error.reason));
    const QJsonObject object{{u"code"_s, code}, {u"message"_s, error.sentence}, {u"data"_s, data}};
    return line({{u"id"_s, id}, {u"error"_s, object}});
}

} // namespace

Result<RpcRequest, QByteArray> RpcRequest::fromLine(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull())
        return errorLine(QJsonValue::Null, parseError, notJson());
    const QJsonObject object = document.object();
    const QJsonValue params = object.value("params"_L1);
    const QJsonValue id = object.value("id"_L1);
    const bool isIdGood = id.isUndefined() || id.isNull() || id.isString() || id.isDouble();
    const QJsonValue echo = isIdGood && !id.isUndefined() ? id : QJsonValue(QJsonValue::Null);
    if (object.value("jsonrpc"_L1) != "2.0"_L1 || !object.value("method"_L1).isString()
        || !isIdGood) {
        return errorLine(echo, invalidRequest, notJsonRpc());
    }
    if (!(params.isUndefined() || params.isObject()))
        return errorLine(echo, invalidParams, parametersWithoutNames());
    return RpcRequest{id, object.value("method"_L1).toString(), params.toObject()};
}

QByteArray answerLine(const QJsonValue &id, const RpcAnswer &answer)
{
    if (answer)
        return line({{u"id"_s, id}, {u"result"_s, answer.value()}});
    return errorLine(id, codeOf(answer.error().reason), answer.error());
}

QByteArray unknownMethodLine(const RpcRequest &request)
{
    return errorLine(request.id, methodNotFound, unknownMethod(request.method));
}

QByteArray notificationLine(const QString &method, const QJsonValue &params)
{
    return line({{u"method"_s, method}, {u"params"_s, params}});
}

} // namespace latchkey
