// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/plainlog.h"

#include "base/messagelog.h"
#include "protocol/escaped.h"

#include <QDateTime>
#include <QString>

namespace latchkey {

namespace {

// Global, because Qt calls a message handler without an object.
QtMessageHandler before = nullptr;
MessageLog *copy = nullptr;
QMutex guard;
//! A message of the copy itself must not wait for the guard.
thread_local bool isCopying = false;

//! Of Qt's own messages only warnings and worse: what Qt tells beyond that is for its makers.
bool isKept(QtMsgType type, const char *category)
{
    return QByteArrayView(category).startsWith("latchkey.")
        || (type != QtDebugMsg && type != QtInfoMsg);
}

const char *wordFor(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return " debug ";
    case QtInfoMsg:
        return " info ";
    case QtWarningMsg:
        return " warning ";
    case QtCriticalMsg:
    case QtFatalMsg:
        return " error ";
    }
    Q_UNREACHABLE();
}

void keep(QtMsgType type, const char *category, const std::string &text)
{
    if (isCopying || !isKept(type, category))
        return;
    const QMutexLocker lock(&guard);
    if (!copy)
        return;
    isCopying = true;
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    copy->add(now.toLatin1() + wordFor(type) + category + ": " + QByteArray::fromStdString(text));
    isCopying = false;
}

void onMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const std::string plain = protocol::escaped(text.toStdString());
    before(type, context, QString::fromStdString(plain));
    keep(type, context.category, plain);
}

} // namespace

void keepLogPlain()
{
    if (before == nullptr)
        before = qInstallMessageHandler(onMessage);
}

void copyLogTo(MessageLog *log)
{
    const QMutexLocker lock(&guard);
    copy = log;
}

} // namespace latchkey
