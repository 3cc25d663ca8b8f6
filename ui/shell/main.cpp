// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! latchkey: the tray program.

#include "shell/appearance.h"
#include "shell/application.h"
#include "shell/coordinator.h"
#include "shell/displaytrial.h"
#include "shell/language.h"
#include "shell/secondstart.h"
#include "shell/takeover.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include "base/logging.h"
#include "base/secret.h"
#include "platform/autostart.h"
#include "platform/closedchild.h"
#include "platform/colorscheme.h"
#include "platform/endsignals.h"
#include "platform/hardening.h"
#include "platform/lockedmemory.h"
#include "platform/notifications.h"
#include "platform/trayhost.h"
#include "service/plainlog.h"
#include "service/service.h"
#include "session/words/sentences.h"

#include <QCommandLineParser>
#include <QLocale>
#include <QMessageBox>

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

void tell(const QString &what, const QString &andNow)
{
    QGuiApplication::setWindowIcon(ui::applicationIcon());
    auto *box =
        new QMessageBox(QMessageBox::Information, Main::tr("Latchkey"), what, QMessageBox::Close);
    box->setInformativeText(andNow);
    QObject::connect(box, &QDialog::finished, box, [] { QCoreApplication::exit(1); });
    box->open();
}

//! The program's end, or nothing where it may try again, as the other one has ended.
std::optional<int> leaveTo(
    const Owner &owner, const QCommandLineParser &parser, const Options &known)
{
    const bool wantsSignIn = parser.isSet(known.server) || parser.isSet(known.user);
    if (parser.isSet(known.hidden) && !wantsSignIn) {
        qCInfo(uiLog).noquote() << "The sessions are kept already by" << owner.describe();
        return 0;
    }
    constexpr int again = -1;
    std::unique_ptr<ui::TakeOver> takeOver;
    ui::SecondStart other(owner.address);
    QObject::connect(
        &other, &ui::SecondStart::answered, &other, [&](ui::SecondStart::Answer answer) {
            if (answer == ui::SecondStart::Answer::Raised)
                return QCoreApplication::exit(0);
            QGuiApplication::setWindowIcon(ui::applicationIcon());
            takeOver = std::make_unique<ui::TakeOver>(owner, answer);
            for (const auto signal : {&ui::TakeOver::ended, &ui::TakeOver::retried}) {
                QObject::connect(
                    takeOver.get(), signal, takeOver.get(), [] { QCoreApplication::exit(again); });
            }
            QObject::connect(takeOver.get(), &ui::TakeOver::declined, takeOver.get(),
                [] { QCoreApplication::exit(1); });
            takeOver->ask();
        });
    other.ask(parser.value(known.server), parser.value(known.user));
    const int code = QCoreApplication::exec();
    return code == again ? std::nullopt : std::optional(code);
}

//! The languages that a person wants, the dearest first.
QStringList languages(const ServiceOptions &options)
{
    const QString chosen = options.language();
    if (chosen.isEmpty())
        return QLocale().uiLanguages();
    QLocale::setDefault(QLocale(chosen));
    return {chosen};
}

int run(Service &service, const ServiceOptions &options, ui::AppearanceFollower &appearance,
    const QCommandLineParser &parser, const Options &known)
{
    const auto listProblem = service.diagnosis().listProblem();
    ui::Coordinator coordinator({service.sessions(),
        {service.kinds(),
            [&service] {
                return service.makeKindSearch();
            }},
        service.ledger(), service.clock(), service.settingsFile(), service.settings(), appearance,
        {isAutostartEnabled, setAutostartEnabled, autostartObstacle},
        [] { return makeTrayHost(QGuiApplication::platformName()); }, makeNotifications,
        [&service] { service.allowUnlockPrompt(); }, service.consent(), options.memoryOnly,
        listProblem ? listProblem->translated : QString(),
        [&service](const Account &account) { return service.makeProbe(account); },
        [&service](QObject *context, const std::function<void(const QString &)> &found) {
            service.nameKeychain(context, found);
        },
        service.log(),
        [&service](const QString &session) { return service.diagnosis().makeDoctor(session); },
        [&service](const QJsonObject &examination) {
            return service.diagnosis().report(examination);
        }});
    QObject::connect(&service, &Service::raiseRequested, &coordinator, &ui::Coordinator::raiseFor);
    // exit() and not quit(): a window that minimizes instead of closing must not hold it up.
    QObject::connect(
        &service, &Service::ended, &coordinator, [] { QCoreApplication::exit(0); },
        Qt::QueuedConnection);
    QObject::connect(&coordinator, &ui::Coordinator::quitRequested, &service, &Service::end);
    const EndSignals ends;
    QObject::connect(&ends, &EndSignals::endRequested, &service, &Service::end);

    repairAutostart();
    if (parser.isSet(known.hidden))
        coordinator.startHidden();
    else
        coordinator.raise();
    if (parser.isSet(known.server) || parser.isSet(known.user))
        coordinator.openSignIn(parser.value(known.server), parser.value(known.user));
    return QCoreApplication::exec();
}

//! As leaveTo().
std::optional<int> start(Service &service, const ServiceOptions &options,
    ui::AppearanceFollower &appearance, const QCommandLineParser &parser, const Options &known)
{
    switch (service.start()) {
    case AgentServer::Start::Listening:
        return run(service, options, appearance, parser, known);
    case AgentServer::Start::AlreadyRunning:
        return leaveTo(service.otherOwner(), parser, known);
    case AgentServer::Start::Failed:
        std::fprintf(stderr, "latchkey: %s\n", qPrintable(sentenceForNoSocket().translated));
        return 1;
    }
    Q_UNREACHABLE();
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
    ServiceOptions options = ServiceOptions::forUser(u"latchkey"_s);
    const auto foreign = options.folderOfAnother();
    const ui::Language language(foreign ? QLocale().uiLanguages() : languages(options));
    ui::AppearanceFollower appearance(makeColorScheme());
    const Options known;
    QCommandLineParser parser;
    parse(parser, known);

    options.pid = startedProcess();
    options.memoryOnly = parser.isSet(known.memoryOnly);
    options.hasWindows = true;
    if (foreign) {
        tell(Main::tr("Latchkey’s folder belongs to another user, so it is not used."),
            Main::tr("Remove %1, or have it given to you, and start Latchkey again.")
                .arg(ui::escaped(*foreign)));
        return QCoreApplication::exec();
    }
    while (true) {
        Service service(options);
        if (const auto code = start(service, options, appearance, parser, known))
            return *code;
    }
}
