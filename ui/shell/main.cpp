// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! latchkey: the tray program.

#include "shell/application.h"
#include "shell/coordinator.h"
#include "shell/displaytrial.h"
#include "shell/secondstart.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include "base/logging.h"
#include "base/secret.h"
#include "base/wholefile.h"
#include "platform/autostart.h"
#include "platform/closedchild.h"
#include "platform/endsignals.h"
#include "platform/hardening.h"
#include "platform/lockedmemory.h"
#include "platform/notifications.h"
#include "platform/trayhost.h"
#include "service/plainlog.h"
#include "service/service.h"
#include "session/words/sentences.h"

#include <QCommandLineParser>
#include <QFile>
#include <QLibraryInfo>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;
using namespace latchkey;

namespace {

//! The translators' context of all that stands here.
class Main {
    Q_DECLARE_TR_FUNCTIONS(Main)
};

struct Options {
    QCommandLineOption hidden{u"hidden"_s, Main::tr("Start in the tray.")};
    QCommandLineOption memoryOnly{u"memory-only"_s,
        Main::tr(
            "Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.")};
    QCommandLineOption server{
        u"server"_s, Main::tr("Open the sign-in window for the appliance at <url>."), u"url"_s};
    QCommandLineOption user{
        u"user"_s, Main::tr("Open the sign-in window for this user."), u"name"_s};
};

void parse(QCommandLineParser &parser, const Options &options)
{
    parser.setApplicationDescription(Main::tr("Keeps you signed in to your backup appliances."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({options.hidden, options.memoryOnly, options.server, options.user});
    parser.process(*QCoreApplication::instance());
}

//! Needs no display: neither prints more than text.
bool wantsTextOnly(int argc, char *argv[])
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const QByteArrayView text(argument);
        return text == "--help" || text == "-h" || text == "--help-all" || text == "--version"
            || text == "-v";
    });
}

//! Our own texts, and Qt's: the buttons of its boxes, the names of keys.
void install(QTranslator &ours, QTranslator &qts)
{
    const QString folder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (qts.load(QLocale(), u"qtbase"_s, u"_"_s, folder))
        QCoreApplication::installTranslator(&qts);
    if (ours.load(QLocale(), u"latchkey"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(&ours);
}

void tell(const QString &what, const QString &andNow)
{
    QGuiApplication::setWindowIcon(ui::applicationIcon());
    auto *box =
        new QMessageBox(QMessageBox::Information, Main::tr("Latchkey"), what, QMessageBox::Close);
    box->setInformativeText(andNow);
    QObject::connect(box, &QDialog::finished, box, [] { QCoreApplication::exit(1); });
    box->open();
}

//! For one that has not shown its window: latchkeyd has none, and latchkey may hang.
void tellOf(const Owner &other)
{
    const bool hasWindows = other.program == "latchkey"_L1;
    tell(hasWindows ? Main::tr("Latchkey is running already, but does not answer.")
                    : Main::tr("latchkeyd keeps your sessions already."),
        hasWindows
            ? Main::tr("It is process %1, which listens at %2. End it and start Latchkey again.")
                  .arg(QString::number(other.pid), ui::escaped(other.address))
            : Main::tr("Only one of the two can. latchkeyctl works with it as it is. To use the "
                       "windows, end it with “systemctl --user stop latchkeyd” and start Latchkey "
                       "again."));
}

int leaveTo(const Owner &owner)
{
    ui::SecondStart other(owner.address);
    QObject::connect(&other, &ui::SecondStart::answered, &other,
        [&](bool isRaised) { isRaised ? QCoreApplication::exit(0) : tellOf(owner); });
    other.ask();
    return QCoreApplication::exec();
}

//! Checked first, as QSettings would wait for ever for a pipe, and read a file of any length.
QString settingsFile(const QString &folder)
{
    QString path = folder + u"/windows.ini"_s;
    if (QFile::exists(path) && !readWhole(path)) {
        qCWarning(uiLog) << "The settings of the windows cannot be read; they are put aside as"
                         << putAside(path);
    }
    return path;
}

int run(Service &service, const ServiceOptions &options, const QCommandLineParser &parser,
    const Options &known)
{
    QSettings settings(settingsFile(options.configFolder), QSettings::IniFormat);
    const auto listProblem = service.listProblem();
    ui::Coordinator coordinator({service.sessions(),
        {service.kinds(),
            [&service] {
                return service.makeKindSearch();
            }},
        service.ledger(), service.clock(), settings, {isAutostartEnabled, setAutostartEnabled},
        [] { return makeTrayHost(QGuiApplication::platformName()); }, makeNotifications,
        [&service] { service.allowUnlockPrompt(); },
        [&service](ConsentPrompt *prompt) { service.setConsentPrompt(prompt); },
        [&service](bool locks) { service.setLocksWithScreen(locks); }, options.memoryOnly,
        listProblem ? listProblem->translated : QString()});
    QObject::connect(&service, &Service::raiseRequested, &coordinator, &ui::Coordinator::raise);
    // exit() and not quit(): a window that minimizes instead of closing must not hold it up.
    QObject::connect(
        &service, &Service::ended, &coordinator, [] { QCoreApplication::exit(0); },
        Qt::QueuedConnection);
    QObject::connect(&coordinator, &ui::Coordinator::quitRequested, &service, &Service::end);
    const EndSignals ends;
    QObject::connect(&ends, &EndSignals::endRequested, &service, &Service::end);

    if (parser.isSet(known.hidden))
        coordinator.startHidden();
    else
        coordinator.raise();
    if (parser.isSet(known.server) || parser.isSet(known.user))
        coordinator.openSignIn(parser.value(known.server), parser.value(known.user));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    keepFilesPrivate();
    if (const auto problem = workInClosedChild(SIGKILL)) {
        std::fprintf(stderr, "latchkey: %s\n", problem->c_str());
        return 1;
    }
    keepLogPlain();
    Secret::keepIn(lockedMemory());
    QCoreApplication::setApplicationName(u"latchkey"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));
    if (wantsTextOnly(argc, argv)) {
        const QCoreApplication program(argc, argv);
        QCommandLineParser parser;
        parse(parser, {});
    }

    std::optional<ui::DisplayTrial> trial(std::in_place);
    const ui::Application program(argc, argv);
    trial.reset();
    QGuiApplication::setDesktopFileName(QStringLiteral(LATCHKEY_ID));
    QApplication::setQuitOnLastWindowClosed(false);
    QTranslator ours;
    QTranslator qts;
    install(ours, qts);
    const Options known;
    QCommandLineParser parser;
    parse(parser, known);

    ServiceOptions options = ServiceOptions::forUser(u"latchkey"_s);
    options.pid = startedProcess();
    options.memoryOnly = parser.isSet(known.memoryOnly);
    options.hasWindows = true;
    if (const auto folder = options.folderOfAnother()) {
        tell(Main::tr("Latchkey’s folder belongs to another user, so it is not used."),
            Main::tr("Remove %1, or have it given to you, and start Latchkey again.")
                .arg(ui::escaped(*folder)));
        return QCoreApplication::exec();
    }
    Service service(options);
    switch (service.start()) {
    case AgentServer::Start::Listening:
        return run(service, options, parser, known);
    case AgentServer::Start::AlreadyRunning:
        return leaveTo(service.otherOwner());
    case AgentServer::Start::Failed:
        std::fprintf(stderr, "latchkey: %s\n", qPrintable(sentenceForNoSocket().translated));
        return 1;
    }
    Q_UNREACHABLE();
}
