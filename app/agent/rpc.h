// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "protocol/exitcode.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace latchkey {

//! The reasons of docs/agent-api.md §3. An agent never says `Done` or `NoAgent`.
using Refusal = protocol::ExitCode;

//! A method's refusal: the reason for programs, an English sentence for people, and further members
//! of `data`.
struct RpcError {
    Refusal reason = Refusal::Failed;
    QString sentence;
    QJsonObject more;
};

using RpcAnswer = Result<QJsonValue, RpcError>;

//! JSON-RPC 2.0, one object a line. A request without an id gets no answer.
struct RpcRequest {
    QJsonValue id = QJsonValue::Undefined;
    QString method;
    QJsonObject params;

    [[nodiscard]] bool wantsAnswer() const { return !id.isUndefined(); }
    //! The error is the whole line to answer with, its end included.
    [[nodiscard]] static Result<RpcRequest, QByteArray> fromLine(const QByteArray &line);
};

// Each returns one line with its end.
[[nodiscard]] QByteArray answerLine(const QJsonValue &id, const RpcAnswer &answer);
[[nodiscard]] QByteArray unknownMethodLine(const RpcRequest &request);
[[nodiscard]] QByteArray notificationLine(const QString &method, const QJsonValue &params);

} // namespace latchkey
