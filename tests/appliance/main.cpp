// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "appliance.h"
#include "control.h"
#include "dialects/dialect.h"
#include "shutdown.h"
#include "totp.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace latchkey::appliance;
using namespace Qt::Literals::StringLiterals;

namespace {

void say(FILE *stream, const QByteArray &line)
{
    std::fputs((line + '\n').constData(), stream);
    std::fflush(stream);
}

[[noreturn]] void fail(const QString &words)
{
    say(stderr, words.toUtf8());
    std::exit(EXIT_FAILURE);
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"A pretend backup appliance to try Latchkey on.\n\nSwitches for --set:\n"_s
        + Switches::help());
    parser.addHelpOption();
    parser.addOptions({
        {u"kind"_s, u"What it pretends to be: %1."_s.arg(kinds().join(u", "_s)), u"ID"_s,
            u"azure"_s},
        {u"port"_s, u"Port of the appliance; 0 is any."_s, u"N"_s, u"0"_s},
        {u"control-port"_s, u"Port of the control door; 0 is any."_s, u"N"_s, u"0"_s},
        {u"http"_s, u"Plain HTTP instead of TLS."_s},
        {u"set"_s, u"Sets a switch; may be repeated."_s, u"name=value"_s},
        {u"users"_s, u"JSON array of users instead of the demo's."_s, u"FILE"_s},
        {u"many"_s, u"Adds users u0001 to uN, password pw."_s, u"N"_s, u"0"_s},
        {u"certificate-out"_s, u"Writes the certificate as PEM."_s, u"FILE"_s},
        {u"announce"_s, u"Prints verification codes when they are asked for."_s},
        {u"parent"_s, u"Ends when that process is gone."_s, u"PID"_s},
    });
}

quint16 portFrom(const QCommandLineParser &parser, const QString &option)
{
    bool isPort = false;
    const quint16 port = parser.value(option).toUShort(&isPort);
    if (!isPort)
        fail(u"--%1 takes a port number."_s.arg(option));
    return port;
}

Users usersFrom(const QCommandLineParser &parser)
{
    Users users = parser.isSet(u"users"_s) ? Users() : Users::demo();
    if (parser.isSet(u"users"_s)) {
        QFile file(parser.value(u"users"_s));
        if (!file.open(QIODevice::ReadOnly))
            fail(file.errorString());
        const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
        if (!document.isArray())
            fail(u"The file of users is not a JSON array."_s);
        if (const QString complaint = users.read(document.array()); !complaint.isEmpty())
            fail(complaint);
    }
    users.addMany(parser.value(u"many"_s).toInt());
    return users;
}

const Dialect &dialectFrom(const QCommandLineParser &parser)
{
    const Dialect *dialect = findDialect(parser.value(u"kind"_s));
    if (!dialect)
        fail(u"--kind takes one of: %1."_s.arg(kinds().join(u", "_s)));
    return *dialect;
}

Switches switchesFrom(const QCommandLineParser &parser)
{
    Switches switches(dialectFrom(parser));
    for (const QString &pair : parser.values(u"set"_s)) {
        const QString complaint = switches.set(pair.section('='_L1, 0, 0), pair.section('='_L1, 1));
        if (!complaint.isEmpty())
            fail(complaint);
    }
    return switches;
}

void writeCertificate(const QString &name, const Certificate &certificate)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(certificate.pem()) < 0)
        fail(file.errorString());
}

void announceCodes(Appliance &appliance)
{
    QObject::connect(&appliance, &Appliance::ticketGiven, &appliance, [&](const QString &name) {
        const QString code = totp::code(appliance.users().find(name)->mfaSecret, now());
        say(stderr, u"Verification code for %1: %2"_s.arg(name, code).toUtf8());
    });
}

QByteArray readyLine(const Appliance &appliance, const Control &control)
{
    const QJsonObject ready{{u"url"_s, appliance.url()}, {u"control"_s, control.url()},
        {u"sha256"_s, appliance.certificate().fingerprint()},
        {u"pid"_s, QCoreApplication::applicationPid()}};
    return QJsonDocument(ready).toJson(QJsonDocument::Compact);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    quitOnSignals();
    if (parser.isSet(u"parent"_s) && !quitWithProcess(parser.value(u"parent"_s).toLongLong()))
        fail(u"--parent: there is no such process."_s);

    const auto transport =
        parser.isSet(u"http"_s) ? Appliance::Transport::PlainHttp : Appliance::Transport::Tls;
    Appliance appliance(transport, dialectFrom(parser), usersFrom(parser), switchesFrom(parser));
    Control control(appliance);
    if (!appliance.start(portFrom(parser, u"port"_s)))
        fail(appliance.errorString());
    if (!control.start(portFrom(parser, u"control-port"_s)))
        fail(control.errorString());
    if (parser.isSet(u"certificate-out"_s))
        writeCertificate(parser.value(u"certificate-out"_s), appliance.certificate());
    if (parser.isSet(u"announce"_s))
        announceCodes(appliance);

    say(stdout, readyLine(appliance, control));
    return QCoreApplication::exec();
}
