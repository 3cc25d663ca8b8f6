// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "about/aboutwindow.h"
#include "about/reportwindow.h"
#include "access/consentwindow.h"
#include "access/ledgerwindow.h"
#include "access/programspage.h"
#include "base/messagelog.h"
#include "doctor/doctorwindow.h"
#include "session/words/sentences.h"
#include "sessions/renamedialog.h"
#include "settings/settingsdialog.h"
#include "shell/coordinator.h"
#include "shell/helpwindow.h"
#include "shell/mainwindow.h"
#include "support/fakedoctor.h"
#include "support/settingsrig.h"
#include "ui/gallery.h"

#include <QMenuBar>
#include <QMetaEnum>
#include <QPushButton>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::test {

using namespace ui;

namespace {

Autostart autostart()
{
    return {[] { return true; },
        [](bool) {
            return true;
        }};
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

} // namespace

//! Each page as it is, and as the administrator has set it.
void Gallery::drawSettings()
{
    SettingsRig free;
    free.settings().set(&SettingValues::proxy,
        ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 3128, u"latchkey"_s});
    SettingsRig fixed(R"({"settings": {"autostart": true, "language": "de", "appearance": "dark",
        "trayIcon": "symbol", "lock": true, "clipboardSeconds": 20, "newSessions": "ask",
        "proxy": {"use": "own", "host": "proxy.example.com", "port": 3128}}})");
    for (SettingsRig *rig : {&free, &fixed}) {
        SettingsDialog dialog(rig->settings(), autostart(), {u"de"_s, u"ja"_s, u"pt_BR"_s});
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

void Gallery::drawAccess()
{
    UiFixture desk;
    Consent &consent = desk.handOuts().consent;
    LedgerWindow none(desk.ledger(), consent, desk.clock().clock(), m_settings);
    draw(none, u"ledger-0"_s);
    for (int count = 0; count < 12; ++count)
        desk.ledger().append({{}, u"prod-eu"_s, aScript(), HandOut::Given});
    const auto answers = QMetaEnum::fromType<HandOut::Answer>();
    for (int at = 0; at < answers.keyCount(); ++at) {
        const auto answer = static_cast<HandOut::Answer>(answers.value(at));
        desk.ledger().append({{}, u"prod-us"_s,
            answer == HandOut::Copied ? Program() : ourCommandLine(u"/usr/bin/dash"_s), answer});
    }
    desk.ledger().append({{}, u"prod-us"_s, aProgram(u"/usr/bin/wget"_s), HandOut::Blocked, 731});
    LedgerWindow ledger(desk.ledger(), consent, desk.clock().clock(), m_settings);
    draw(ledger, u"ledger"_s);

    drawPrograms(consent, desk.clock().clock(), u"programs-0"_s);
    allow(desk, aProgram(), Decision::Always);
    allow(desk, aScript(), Decision::OneHour);
    allow(desk, aProgram(u"/usr/bin/restic"_s), Decision::UntilLock);
    static_cast<void>(consent.block(u"/usr/bin/wget"_s));
    drawPrograms(consent, desk.clock().clock(), u"programs"_s);
    drawConsent();
}

void Gallery::drawPrograms(Consent &consent, const Clock &clock, const QString &name)
{
    SettingsRig rig;
    SettingsDialog dialog(rig.settings(), autostart(), {});
    dialog.addPage(new ProgramsPage(consent, clock), Coordinator::tr("Progra&ms"));
    auto *pages = dialog.findChild<QTabWidget *>();
    pages->setCurrentIndex(pages->count() - 1);
    draw(dialog, name);
}

void Gallery::drawConsent()
{
    ConsentPrompt::Question question{u"prod-eu"_s, aScript()};
    question.account = u"alenka, PortalAdmin"_s;
    ConsentWindow window;
    window.ask(question);
    draw(window, u"consent-reading"_s);
    QTest::qWait(2 * ConsentWindow::readingTime.count());
    draw(window, u"consent"_s);
    question.program = aProgram(u"(python3)"_s);
    question.isOnceOnly = true;
    window.ask(question);
    draw(window, u"consent-once"_s);
    question.permission = {Permission::Trust, {u"https://backup.example.com"_s}, {},
        aCertificate().fingerprint.toText(), anotherFingerprint().toText()};
    window.ask(question);
    draw(window, u"consent-trust"_s);
    const QString kind = shippedKinds().all().first().name;
    question.permission.what = Permission::OtherAccount;
    question.permission.login = {u"https://elsewhere.example.com:8443"_s, u"operator"_s, kind};
    question.permission.loginBefore = {u"https://backup.example.com"_s, u"alenka"_s, kind};
    question.program = aProgram();
    question.isOnceOnly = false;
    window.ask(question);
    draw(window, u"consent-other-account"_s);
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
    const auto conclude = [&](int row) {
        const SessionSnapshot session = desk.sessions().at(row)->snapshot();
        doctor->found[row + 1].conclude(troubleOf(session), moodOf(session));
    };
    for (int row = 0; row < 5; ++row)
        conclude(row);
    Q_EMIT doctor->progressed();
    draw(window, u"doctor-looking"_s);
    for (int row = 5; row < desk.sessions().rowCount(); ++row)
        conclude(row);
    Q_EMIT doctor->progressed();
    Q_EMIT doctor->examined({});
    draw(window, u"doctor"_s);
    AboutWindow about;
    draw(about, u"about"_s);
    MessageLog log{{}};
    ReportWindow report(
        log, makeDoctor, [](const QJsonObject &) { return Leak{1, u"prod-eu"_s}; },
        desk.clock().clock());
    draw(report, u"report"_s);
    report.saveTo({});
    Q_EMIT doctor->examined({});
    draw(report, u"report-refused"_s);
    report.saveTo({});
    draw(report, u"report-looking"_s);
}

} // namespace latchkey::test
