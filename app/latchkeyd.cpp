// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! latchkeyd: the engine and the agent with no window, for servers and SSH hosts.

#include "base/secret.h"
#include "platform/closedchild.h"
#include "platform/endsignals.h"
#include "platform/hardening.h"
#include "platform/lockedmemory.h"
#include "protocol/escaped.h"
#include "service/plainlog.h"
#include "service/service.h"
#include "session/words/sentences.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace latchkey;

namespace {

void tell(const QString &text)
{
    std::fprintf(stderr, "latchkeyd: %s\n", protocol::escaped(text.toStdString()).c_str());
}

void tellOf(const Owner &other, const QString &ourAddress)
{
    QString text = u"Latchkey is already running (%1)."_s.arg(other.describe());
    if (other.address != ourAddress)
        text += u" Programs reach it with LATCHKEY_SOCKET set to that address."_s;
    tell(text);
}

} // namespace

int main(int argc, char *argv[])
{
    keepFilesPrivate();
    if (const auto problem = workInClosedChild(SIGKILL, giveCodeBack)) {
        tell(QString::fromStdString(*problem));
        return 1;
    }
    keepLogPlain();
    Secret::keepIn(lockedMemory());
    const QCoreApplication program(argc, argv);
    QCoreApplication::setApplicationName(u"latchkeyd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Keeps you signed in to your backup appliances, without windows."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption memoryOnly(u"memory-only"_s,
        u"Keep tokens in memory only, and use no keychain: sessions last until latchkeyd ends."_s);
    parser.addOption(memoryOnly);
    const QCommandLineOption noLock(u"no-lock"_s,
        u"Hand out tokens while the screen is locked or the machine goes to sleep, too."_s);
    parser.addOption(noLock);
    parser.process(program);

    ServiceOptions options = ServiceOptions::forUser(u"latchkeyd"_s);
    options.pid = startedProcess();
    options.memoryOnly = parser.isSet(memoryOnly);
    if (const auto folder = options.folderOfAnother()) {
        tell(u"The folder %1 belongs to another user, so it is not used. "_s.arg(*folder)
            + u"Remove it, or have it given to you (chown), and start latchkeyd again."_s);
        return 1;
    }
    options.withoutLock = parser.isSet(noLock);
    Service service(options);
    if (options.withoutLock && service.settings().value(&SettingValues::lock))
        tell(u"--no-lock changes nothing: your administrator has set the lock."_s);
    const EndSignals ends;
    QObject::connect(&ends, &EndSignals::endRequested, &service, &Service::end);
    QObject::connect(
        &service, &Service::ended, &program, [] { QCoreApplication::exit(0); },
        Qt::QueuedConnection);

    switch (service.start()) {
    case AgentServer::Start::Listening:
        return QCoreApplication::exec();
    case AgentServer::Start::AlreadyRunning:
        tellOf(service.otherOwner(), options.agentAddress);
        return 1;
    case AgentServer::Start::Failed:
        tell(sentenceForNoSocket().english);
        return 1;
    }
    Q_UNREACHABLE();
}
