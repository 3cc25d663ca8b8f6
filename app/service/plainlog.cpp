// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/plainlog.h"

#include "protocol/escaped.h"

#include <QString>

namespace latchkey {

namespace {

//! Global, because Qt calls a message handler without an object.
QtMessageHandler before = nullptr;

void onMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    before(type, context, QString::fromStdString(protocol::escaped(text.toStdString())));
}

} // namespace

void keepLogPlain()
{
    if (before == nullptr)
        before = qInstallMessageHandler(onMessage);
}

} // namespace latchkey
