// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! latchkey-gallery: draws each window in each of its states. `./dev demo` makes one sheet of all.

#include "about/aboutwindow.h"
#include "about/reportwindow.h"
#include "access/consentwindow.h"
#include "access/ledgerwindow.h"
#include "access/programspage.h"
#include "doctor/doctorwindow.h"
#include "sessions/renamedialog.h"
#include "settings/settingsdialog.h"
#include "shell/helpwindow.h"
#include "shell/look.h"
#include "shell/mainwindow.h"
#include "shell/traymenu.h"
#include "signin/loginwindow.h"
#include "support/settingsrig.h"
#include "ui/uifixture.h"
#include "widgets/clearstyle.h"

#include "base/messagelog.h"
#include "session/words/sentences.h"
#include "support/fakedoctor.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTranslator>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class Gallery {
public:
    explicit Gallery(QString folder)
        : m_folder(std::move(folder))
    {
    }

    void drawMainWindow();
    void drawMoods();
    void drawSignIn();
    void drawAccess();
    void drawOthers();
    void drawSettings();
    void drawHelp();

private:
    //! Draws \a window as it is once all its events are through.
    void draw(QWidget &window, const QString &name);
    [[nodiscard]] std::unique_ptr<MainWindow> mainWindowOf(UiFixture &desk);

    QString m_folder;
    QTemporaryDir m_settingsFolder;
    QSettings m_settings{m_settingsFolder.filePath(u"gallery.ini"_s), QSettings::IniFormat};
};

void failToRenew(UiFixture &desk, const QString &name)
{
    desk.session(name).refreshNow();
    desk.refuse(name, AuthError::Type::Offline);
}

void changeCertificate(UiFixture &desk, const QString &name)
{
    desk.session(name).refreshNow();
    desk.client(name).answer(Untrusted{aCertificate()});
}

void end(UiFixture &desk, const QString &name)
{
    desk.session(name).refreshNow();
    desk.refuse(name, AuthError::Type::Expired);
}

void askForCode(UiFixture &desk, const QString &name)
{
    desk.signIn(name, u"alenka"_s);
    desk.client(name).answer(CodeAsked{secret("ticket")});
}

//! One session in each mood.
void signInAll(UiFixture &desk)
{
    desk.signedIn(u"test-lab"_s, 2min);
    desk.advance(3min);
    desk.refuse(u"test-lab"_s, AuthError::Type::Offline);
    for (const QString &name :
        {u"prod-eu"_s, u"prod-us"_s, u"archive"_s, u"branch-graz"_s, u"m365"_s})
        desk.signedIn(name);
    desk.advance(20min);
    failToRenew(desk, u"m365"_s);
    changeCertificate(desk, u"branch-graz"_s);
    end(desk, u"archive"_s);
    askForCode(desk, u"dr-site"_s);
    desk.signedIn(u"old-appliance"_s).signOut();
    desk.client(u"old-appliance"_s).answerLogOut();
}

void Gallery::draw(QWidget &window, const QString &name)
{
    window.show();
    QCoreApplication::sendPostedEvents();
    QTest::qWait(50);
    window.grab().save(u"%1/%2.png"_s.arg(m_folder, name));
}

std::unique_ptr<MainWindow> Gallery::mainWindowOf(UiFixture &desk)
{
    auto window = std::make_unique<MainWindow>(
        desk.sessions(), shippedKinds(), m_settings, [] { return true; });
    window->resize(960, 540);
    return window;
}

void Gallery::drawMainWindow()
{
    UiFixture none;
    draw(*mainWindowOf(none), u"main-0"_s);
    UiFixture one;
    one.signedIn(u"prod-eu"_s);
    draw(*mainWindowOf(one), u"main-1"_s);
    UiFixture many;
    signInAll(many);
    draw(*mainWindowOf(many), u"main-8"_s);
    for (int number = 1; number <= 36; ++number)
        many.signedIn(u"site-%1"_s.arg(number));
    draw(*mainWindowOf(many), u"main-44"_s);
}

void Gallery::drawMoods()
{
    UiFixture desk;
    signInAll(desk);
    const auto window = mainWindowOf(desk);
    for (const QString &name : {u"prod-eu"_s, u"m365"_s, u"test-lab"_s, u"branch-graz"_s,
             u"dr-site"_s, u"archive"_s, u"old-appliance"_s}) {
        window->choose(name);
        draw(*window, u"panel-"_s + name);
    }
    m_settings.setValue(
        u"window/sections"_s, QStringList{u"access"_s, u"connection"_s, u"details"_s});
    const auto unfolded = mainWindowOf(desk);
    unfolded->resize(960, 900);
    unfolded->choose(u"prod-eu"_s);
    draw(*unfolded, u"panel-unfolded"_s);
    m_settings.remove(u"window/sections"_s);
    TrayMenu tray(m_settings);
    std::vector<SessionView> sessions;
    for (int row = 0; row < desk.sessions().rowCount(); ++row)
        sessions.emplace_back(desk.sessions().at(row)->snapshot());
    tray.setSessions(sessions);
    draw(tray, u"tray"_s);
    QMenu *session = tray.actions().at(5)->menu();
    session->setActiveAction(session->actions().first());
    draw(*session, u"tray-session"_s);
}

void Gallery::drawSignIn()
{
    UiFixture desk;
    LoginWindow first(desk.sessions(), desk.kinds());
    draw(first, u"sign-in"_s);
    first.prefill(u"https://backup.example.com"_s, u"operator"_s);
    draw(first, u"sign-in-filled"_s);
    desk.signIn(u"new"_s);
    desk.client(u"new"_s).answer(Untrusted{aCertificate()});
    desk.signedIn(u"again"_s);
    desk.session(u"again"_s).signOut();
    askForCode(desk, u"code"_s);
    desk.signedIn(u"changed"_s);
    changeCertificate(desk, u"changed"_s);
    for (const QString &name : {u"new"_s, u"again"_s, u"code"_s, u"changed"_s}) {
        LoginWindow window(desk.sessions(), desk.kinds());
        window.openSession(name);
        draw(window, u"sign-in-"_s + name);
    }
}

//! Each page as it is, and as the administrator has set it.
void Gallery::drawSettings()
{
    const Autostart autostart{[] { return true; },
        [](bool) {
            return true;
        }};
    SettingsRig free;
    free.settings().set(&SettingValues::proxy,
        ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 3128, u"latchkey"_s});
    SettingsRig fixed(R"({"settings": {"autostart": true, "language": "de", "appearance": "dark",
        "trayIcon": "symbol", "lock": true, "clipboardSeconds": 20, "newSessions": "ask",
        "proxy": {"use": "own", "host": "proxy.example.com", "port": 3128}}})");
    for (SettingsRig *rig : {&free, &fixed}) {
        SettingsDialog dialog(rig->settings(), autostart, {u"de"_s, u"ja"_s, u"pt_BR"_s});
        auto *pages = dialog.findChild<QTabWidget *>();
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            draw(dialog, u"settings-%1-%2"_s.arg(rig == &free ? u"own"_s : u"fixed"_s).arg(page));
        }
    }
    UiFixture desk;
    Account preset = anAccount();
    preset.name = u"prod-eu"_s;
    desk.sessions().setPresets({preset});
    const auto window = mainWindowOf(desk);
    window->setStandingNotice(
        sentenceForPolicy(u"/etc/latchkey/policy.json: kinds is not a list"_s, true).translated);
    window->choose(u"prod-eu"_s);
    draw(*window, u"panel-preset"_s);
}

Program aScript()
{
    Program script = aProgram(u"/usr/bin/dash"_s);
    script.script = u"/home/alenka/jobs/backup.sh"_s;
    script.parents = {u"/usr/bin/bash"_s, u"/usr/bin/konsole"_s, u"(cron)"_s};
    return script;
}

void allow(UiFixture &desk, const Program &program, Decision decision)
{
    FakeConsentPrompt prompt;
    DeadlineQueue deadlines(desk.clock().clock());
    QObject caller;
    Consent &consent = desk.handOuts().consent;
    consent.setPrompt(&prompt);
    consent.ask(u"prod-eu"_s, program, new ConsentCall(deadlines, deadlines.now() + 1min, &caller));
    Q_EMIT prompt.decided(decision);
    consent.setPrompt(nullptr);
}

void Gallery::drawAccess()
{
    UiFixture desk;
    Consent &consent = desk.handOuts().consent;
    LedgerWindow none(desk.ledger(), consent, desk.clock().clock(), m_settings);
    draw(none, u"ledger-0"_s);
    for (int count = 0; count < 12; ++count)
        desk.ledger().append({{}, u"prod-eu"_s, aScript(), HandOut::Given});
    desk.ledger().append({{}, u"prod-us"_s, aProgram(), HandOut::Denied});
    desk.ledger().append({{}, u"prod-us"_s, {}, HandOut::Copied});
    desk.ledger().append({{}, u"prod-us"_s, aProgram(u"/usr/bin/wget"_s), HandOut::Blocked, 731});
    LedgerWindow ledger(desk.ledger(), consent, desk.clock().clock(), m_settings);
    draw(ledger, u"ledger"_s);

    ProgramsPage empty(consent, desk.clock().clock());
    draw(empty, u"programs-0"_s);
    allow(desk, aProgram(), Decision::Always);
    allow(desk, aScript(), Decision::OneHour);
    allow(desk, aProgram(u"/usr/bin/restic"_s), Decision::UntilLock);
    static_cast<void>(consent.block(u"/usr/bin/wget"_s));
    ProgramsPage programs(consent, desk.clock().clock());
    draw(programs, u"programs"_s);

    ConsentPrompt::Question question{u"prod-eu"_s, aScript()};
    question.account = u"alenka, PortalAdmin"_s;
    ConsentWindow window;
    window.ask(question);
    draw(window, u"consent-reading"_s);
    QTest::qWait(ConsentWindow::readingTime.count());
    draw(window, u"consent"_s);
    question.program = aProgram(u"(python3)"_s);
    question.isOnceOnly = true;
    window.ask(question);
    draw(window, u"consent-once"_s);
    question.permission = {Permission::Trust, u"https://backup.example.com"_s, u"alenka"_s,
        u"5D:0F:11:AA"_s, u"C2:11:09:EE"_s};
    window.ask(question);
    draw(window, u"consent-trust"_s);
}

void Gallery::drawOthers()
{
    UiFixture desk;
    desk.signedIn(u"prod-eu"_s);
    RenameDialog rename(desk.sessions(), u"prod-eu"_s);
    draw(rename, u"rename"_s);
    const auto window = mainWindowOf(desk);
    HelpWindow help(window->menuBar()->findChildren<QMenu *>());
    draw(help, u"help"_s);
}

//! As the doctor finds the sessions of signInAll(), and while it looks.
void Gallery::drawHelp()
{
    UiFixture desk;
    signInAll(desk);
    QPointer<FakeDoctor> doctor;
    const auto makeDoctor = [&](const QString &) {
        auto made = std::make_unique<FakeDoctor>();
        made->found.append({translate("Sentences", "Keychain")});
        for (int row = 0; row < desk.sessions().rowCount(); ++row) {
            const QString name = desk.sessions().at(row)->account().name;
            made->found.append({{name, name}, name});
        }
        doctor = made.get();
        return made;
    };
    DoctorWindow window(desk.sessions(), makeDoctor, desk.clock().clock(), m_settings);
    window.examine();
    doctor->found.first().conclude({});
    for (int row = 0; row < 5; ++row)
        doctor->found[row + 1].conclude(troubleOf(desk.sessions().at(row)->snapshot()));
    Q_EMIT doctor->progressed();
    draw(window, u"doctor-looking"_s);
    for (int row = 5; row < desk.sessions().rowCount(); ++row)
        doctor->found[row + 1].conclude(troubleOf(desk.sessions().at(row)->snapshot()));
    Q_EMIT doctor->progressed();
    Q_EMIT doctor->examined({});
    draw(window, u"doctor"_s);
    AboutWindow about;
    draw(about, u"about"_s);
    MessageLog log{{}};
    ReportWindow report(
        log, makeDoctor, [](const QJsonObject &) { return std::nullopt; }, desk.clock().clock());
    draw(report, u"report"_s);
    report.saveTo({});
    Q_EMIT doctor->examined({});
    draw(report, u"report-refused"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QApplication::setStyle(new ClearStyle);
    QCommandLineParser parser;
    const QCommandLineOption dark(u"dark"_s, u"With light text on dark."_s);
    const QCommandLineOption language(u"language"_s, u"Such as de."_s, u"code"_s);
    const QCommandLineOption translations(
        u"translations"_s, u"Where latchkey_de.qm is."_s, u"folder"_s);
    parser.addOptions({dark, language, translations});
    parser.addPositionalArgument(u"FOLDER"_s, u"Where the pictures go."_s);
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1 || !QDir().mkpath(parser.positionalArguments()[0]))
        parser.showHelp(2);

    if (parser.isSet(dark))
        QApplication::setPalette(Look::dark());
    QTranslator translator;
    if (parser.isSet(language)) {
        const QLocale locale(parser.value(language));
        QLocale::setDefault(locale);
        if (translator.load(locale, u"latchkey"_s, u"_"_s, parser.value(translations)))
            QCoreApplication::installTranslator(&translator);
    }
    Gallery gallery(parser.positionalArguments().first());
    gallery.drawMainWindow();
    gallery.drawMoods();
    gallery.drawSignIn();
    gallery.drawAccess();
    gallery.drawOthers();
    gallery.drawSettings();
    gallery.drawHelp();
    return 0;
}
