// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/gallery.h"

#include "sessions/sessionquestions.h"
#include "shell/mainwindow.h"
#include "shell/takeover.h"
#include "shell/traymenu.h"
#include "signin/donepage.h"
#include "signin/loginwindow.h"

#include <QApplication>
#include <QMessageBox>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::test {

using namespace ui;

namespace {

void failToRenew(UiFixture &desk, const QString &name)
{
    desk.session(name).refreshNow();
    desk.refuse(name, AuthError::Type::Offline);
}

//! One that names the session's host.
Certificate certificateOf(UiFixture &desk, const QString &name)
{
    Certificate certificate = aCertificate();
    certificate.subject = certificate.issuer = desk.session(name).account().server.host();
    return certificate;
}

void changeCertificate(UiFixture &desk, const QString &name)
{
    desk.session(name).refreshNow();
    desk.client(name).answer(Untrusted{certificateOf(desk, name)});
}

Certificate forOtherHost()
{
    Certificate certificate = aCertificate();
    certificate.isForOtherHost = true;
    return certificate;
}

//! In place of the one that was trusted.
void changePin(UiFixture &desk, const QString &name)
{
    Certificate before = aCertificate();
    before.fingerprint = anotherFingerprint();
    desk.signIn(name);
    desk.client(name).answer(Untrusted{before});
    desk.session(name).trust(before.fingerprint);
    desk.grant(name, 1);
    desk.session(name).refreshNow();
    desk.client(name).answer(Untrusted{forOtherHost()});
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

QMessageBox *openBox()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    const auto isOpenBox = [](const QWidget *window) {
        return window->isVisible() && qobject_cast<const QMessageBox *>(window);
    };
    return qobject_cast<QMessageBox *>(*std::ranges::find_if(windows, isOpenBox));
}

void unfold(const QWidget &window)
{
    for (auto *button : window.findChildren<QToolButton *>()) {
        if (button->isCheckable() && !button->icon().isNull())
            button->setChecked(true);
    }
}

FirstSteps firstSteps()
{
    return {{[] { return false; }, [](bool) { return true; },
                [] {
                    return AutostartObstacle::None;
                }},
        false};
}

} // namespace

Gallery::Gallery(Look look)
    : m_look(std::move(look))
{
}

void Gallery::drawAll()
{
    drawMainWindow();
    drawMoods();
    drawSignIn();
    drawAccess();
    drawSettings();
    drawOthers();
    drawHelp();
    drawQuestions();
}

void Gallery::signInAll(UiFixture &desk)
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
    window.activateWindow();
    QVERIFY2(
        QTest::qWaitForWindowActive(&window) || window.windowType() == Qt::Popup, qPrintable(name));
    // What is laid out may ask for another layout.
    for (int round = 0; round < 10; ++round)
        QCoreApplication::processEvents();
    m_look(window, name);
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
    ApplianceReport report;
    report.isReachable = true;
    report.tls = TlsConnection{
        u"TLSv1.3"_s, certificateOf(desk, u"prod-eu"_s), TlsConnection::Trust::Pinned};
    report.clockOffset = 5min;
    unfolded->showReport(u"prod-eu"_s, report);
    draw(*unfolded, u"panel-checked"_s);
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
    unfold(first);
    QTest::keyClick(&first, Qt::Key_Return);
    draw(first, u"sign-in-more-wrong"_s);
    desk.signIn(u"site-new"_s);
    desk.client(u"site-new"_s).answer(Untrusted{certificateOf(desk, u"site-new"_s)});
    desk.signedIn(u"site-again"_s);
    desk.session(u"site-again"_s).signOut();
    askForCode(desk, u"site-code"_s);
    desk.signIn(u"site-other"_s);
    desk.client(u"site-other"_s).answer(Untrusted{forOtherHost()});
    changePin(desk, u"site-changed"_s);
    desk.signedIn(u"site-unvouched"_s);
    changeCertificate(desk, u"site-unvouched"_s);
    desk.signIn(u"site-decided"_s);
    desk.client(u"site-decided"_s).answer(Untrusted{certificateOf(desk, u"site-decided"_s)});
    desk.session(u"site-decided"_s).setFixedPin(anotherFingerprint());
    for (const QString &name : {u"site-new"_s, u"site-other"_s, u"site-again"_s, u"site-code"_s,
             u"site-changed"_s, u"site-unvouched"_s, u"site-decided"_s}) {
        LoginWindow window(desk.sessions(), desk.kinds());
        window.openSession(name);
        draw(window, QString(name).replace(u"site"_s, u"sign-in"_s));
    }
    desk.signIn(u"site-fresh"_s);
    LoginWindow last(desk.sessions(), desk.kinds());
    last.setFirstSteps(firstSteps());
    last.openSession(u"site-fresh"_s);
    desk.grant(u"site-fresh"_s, 1);
    draw(last, u"sign-in-done"_s);
}

void Gallery::drawQuestions()
{
    UiFixture desk;
    desk.signedIn(u"prod-eu"_s);
    QWidget under;
    askToSignOut(desk.sessions(), u"prod-eu"_s, &under);
    draw(*openBox(), u"question-sign-out"_s);
    openBox()->close();
    askToRemove(desk.sessions(), u"prod-eu"_s, &under);
    draw(*openBox(), u"question-remove"_s);
    openBox()->close();
    Owner other;
    other.program = u"latchkeyd"_s;
    other.pid = 4711;
    other.address = u"/run/user/1000/latchkey/agent.sock"_s;
    TakeOver takeOver(other, SecondStart::Answer::None);
    takeOver.ask();
    draw(*openBox(), u"question-take-over"_s);
}

} // namespace latchkey::test
