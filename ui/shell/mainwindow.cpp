// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/mainwindow.h"

#include "sessions/actiontext.h"
#include "sessions/sessionspage.h"
#include "shell/helpwindow.h"
#include "widgets/bringtofront.h"
#include "widgets/icons.h"
#include "widgets/keptplace.h"
#include "widgets/noticelabel.h"
#include "widgets/wholewindow.h"

#include "session/sessionmodel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr auto divisionKey = "window/splitter"_L1;
constexpr auto sectionsKey = "window/sections"_L1;
constexpr QSize firstSize(960, 600);
constexpr std::chrono::seconds noticeStays = 15s;
constexpr QKeyCombination quitKeys = Qt::CTRL | Qt::Key_Q;

//! Latchkey's icon, drawn when it is seen, as that would hold up the first window.
class Emblem final : public QWidget {
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        applicationIcon().paint(&painter, rect());
    }
};

} // namespace

MainWindow::MainWindow(SessionModel &sessions, const Kinds &kinds, QSettings &settings,
    HasTray hasTray, QWidget *parent)
    : QMainWindow(parent)
    , m_sessions(sessions)
    , m_kinds(kinds)
    , m_settings(settings)
    , m_hasTray(std::move(hasTray))
    , m_standing(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_notice(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_pages(new QStackedWidget)
{
    setWindowTitle(tr("Latchkey"));
    m_pages->addWidget(makeEmptyPage());
    makeProgramMenu();
    makeSessionMenu();

    auto *middle = new QWidget;
    auto *layout = new QVBoxLayout(middle);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(m_standing);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_notice);
    setCentralWidget(middle);
    new WholeWindow(this, {480, 360});
    new KeptPlace(this, settings, u"window/geometry"_s, firstSize);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::saveDivision);

    m_seconds.setInterval(1s);
    m_noticeEnd.setSingleShot(true);
    connect(&m_seconds, &QTimer::timeout, this, &MainWindow::look);
    connect(&m_noticeEnd, &QTimer::timeout, this, [this] { m_notice->setText({}); });
    connect(&m_sessions, &SessionModel::sessionChanged, this, &MainWindow::onSessionChanged);
    connect(&m_sessions, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_page)
            onListChanged();
    });
    onListChanged();
}

QWidget *MainWindow::makeEmptyPage()
{
    auto *icon = new Emblem;
    icon->setFixedSize(QSize(1, 1) * (fontMetrics().height() * 5));
    auto *title = new QLabel(tr("Not signed in to any appliance yet"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    title->setFont(large);
    title->setWordWrap(true);
    title->setAlignment(Qt::AlignHCenter);
    auto *text = new QLabel(tr("Sign in once. Latchkey then keeps the access token fresh, shows "
                               "who you are on the appliance, and hands the token to you and your "
                               "scripts."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignHCenter);
    text->setMaximumWidth(fontMetrics().averageCharWidth() * 60);
    auto *button = new QPushButton(buttonIcon(u"sign-in"_s), tr("Sign in"));
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, this, &MainWindow::addRequested);

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(fontMetrics().height());
    layout->addStretch();
    layout->addWidget(icon, 0, Qt::AlignHCenter);
    layout->addWidget(title);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(text, 1);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(button, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

//! Made when there is a session, so that it does not hold up a first window without one.
void MainWindow::makeSessionsPage()
{
    m_page = new SessionsPage(m_sessions, m_kinds);
    m_pages->addWidget(m_page);
    m_page->focusList();
    m_page->setDivision(m_settings.value(divisionKey).toByteArray());
    if (m_settings.contains(sectionsKey))
        m_page->setOpenSections(m_settings.value(sectionsKey).toStringList());
    connect(m_page, &SessionsPage::openSectionsChanged, this,
        [this] { m_settings.setValue(sectionsKey, m_page->openSections()); });
    connect(m_page, &SessionsPage::addRequested, this, &MainWindow::addRequested);
    connect(m_page, &SessionsPage::actionRequested, this, &MainWindow::actionRequested);
    connect(m_page, &SessionsPage::menuRequested, this,
        [this](const QPoint &where) { m_sessionMenu->popup(where); });
    connect(m_page, &SessionsPage::listChanged, this, &MainWindow::onListChanged);
}

Session *MainWindow::chosen() const
{
    return m_page ? m_page->chosen() : nullptr;
}

void MainWindow::makeProgramMenu()
{
    QMenu *program = menuBar()->addMenu(tr("&Latchkey"));
    QAction *add = program->addAction(actionIcon(u"add"_s), tr("&Sign in to another appliance…"),
        this, &MainWindow::addRequested);
    add->setShortcut(QKeySequence::New);
    program->addAction(
        actionIcon(u"ledger"_s), tr("&Tokens handed out…"), this, &MainWindow::ledgerRequested);
    program->addAction(
        actionIcon(u"settings"_s), tr("S&ettings…"), this, &MainWindow::settingsRequested);
    QAction *help =
        program->addAction(actionIcon(u"help"_s), tr("&Help"), this, &MainWindow::openHelp);
    help->setShortcut(QKeySequence::HelpContents);
    program->addSeparator();
    program->addAction(tr("&Doctor…"), this, &MainWindow::doctorRequested);
    program->addAction(tr("Report a &problem…"), this, &MainWindow::reportRequested);
    program->addAction(tr("&About Latchkey"), this, &MainWindow::aboutRequested);
    program->addSeparator();
    QAction *quit =
        program->addAction(actionIcon(u"quit"_s), tr("&Quit"), this, &MainWindow::quitRequested);
    quit->setShortcut(quitKeys);
}

void MainWindow::makeSessionMenu()
{
    m_sessionMenu = menuBar()->addMenu(tr("&Session"));
    const auto add = [this](Action action) {
        return m_sessionMenu->addAction(
            actionIcon(pictureOf(action)), menuText(action), this, [this, action] {
                if (const Session *chosen = this->chosen())
                    Q_EMIT actionRequested(chosen->account().name, action);
            });
    };
    QAction *copy = add(Action::CopyToken);
    copy->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    QAction *refresh = add(Action::RefreshNow);
    refresh->setShortcut(Qt::Key_F5);
    QAction *signIn = add(Action::SignIn);
    QAction *signOut = add(Action::SignOut);
    m_sessionMenu->addSeparator();
    QAction *rename = add(Action::Rename);
    QAction *remove = add(Action::Remove);
    remove->setShortcut(Qt::CTRL | Qt::Key_Delete);
    connect(m_sessionMenu, &QMenu::aboutToShow, this, [=, this] {
        const Session *chosen = this->chosen();
        const Actions actions = chosen ? SessionView(chosen->snapshot()).actions() : Actions();
        copy->setEnabled(actions.testFlag(Action::CopyToken));
        refresh->setEnabled(actions.testFlag(Action::RefreshNow));
        signIn->setEnabled(
            actions & (Actions(Action::SignIn) | Action::EnterCode | Action::DecideTrust));
        const Action wanted = wantedOf(actions);
        signIn->setText(menuText(wanted));
        signIn->setIcon(actionIcon(pictureOf(wanted)));
        signOut->setEnabled(actions.testFlag(Action::SignOut));
        rename->setEnabled(chosen);
        remove->setEnabled(chosen);
    });
    // Else a shortcut would do nothing, since its action was disabled when the menu was last open.
    connect(m_sessionMenu, &QMenu::aboutToHide, this, [=] {
        for (QAction *action : {copy, refresh, signIn, signOut, rename, remove})
            action->setEnabled(true);
    });
}

//! One entry for the three, of which a session offers one at most.
Action MainWindow::wantedOf(Actions actions)
{
    for (const Action action : {Action::EnterCode, Action::DecideTrust}) {
        if (actions.testFlag(action))
            return action;
    }
    return Action::SignIn;
}

//! Lists the keys of all menus, so that it stays true.
void MainWindow::openHelp()
{
    if (!m_help) {
        m_help = new HelpWindow(menuBar()->findChildren<QMenu *>(), this);
        m_help->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_help);
}

void MainWindow::choose(const QString &name)
{
    if (m_page)
        m_page->choose(name);
}

void MainWindow::tell(const QString &sentence)
{
    m_notice->setText(sentence);
    m_noticeEnd.start(noticeStays);
}

void MainWindow::showReport(const QString &name, const ApplianceReport &report)
{
    if (m_page)
        m_page->showReport(name, report);
}

void MainWindow::setStandingNotice(const QString &sentence)
{
    m_standing->setText(sentence);
}

void MainWindow::onSessionChanged(Session *session)
{
    if (session == chosen())
        look();
}

void MainWindow::onListChanged()
{
    const bool hasSessions = m_sessions.rowCount() > 0;
    if (hasSessions && !m_page)
        makeSessionsPage();
    m_pages->setCurrentIndex(hasSessions ? 1 : 0);
    runOrPause();
    look();
}

void MainWindow::look()
{
    if (m_page)
        m_page->look();
}

//! Looks at the time each second, but only while somebody can see it and there is a session.
void MainWindow::runOrPause()
{
    const bool isSeen = isVisible() && !isMinimized() && m_sessions.rowCount() > 0;
    if (isSeen == m_seconds.isActive())
        return;
    if (!isSeen)
        return m_seconds.stop();
    look();
    m_seconds.start();
}

//! Queued, so that drawn() comes after the first picture has gone out to the display.
bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::Paint && !std::exchange(m_isDrawn, true))
        QMetaObject::invokeMethod(this, &MainWindow::drawn, Qt::QueuedConnection);
    return QMainWindow::event(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    runOrPause();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    saveDivision();
    runOrPause();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        runOrPause();
}

//! Closing by a person is a spontaneous event, and hides or minimizes. What else closes the window,
//! such as the end of the desktop session, must not be held up.
void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool isByPerson = event->spontaneous();
    if (!isByPerson || m_hasTray()) {
        event->accept();
        if (isByPerson)
            Q_EMIT hiddenToTray();
        return;
    }
    event->ignore();
    m_noticeEnd.stop();
    const QString keys = QKeySequence(quitKeys).toString(QKeySequence::NativeText);
    m_notice->setText(tr("There is no tray on this desktop, so Latchkey minimizes instead of "
                         "hiding where nobody could find it. On GNOME, the AppIndicator extension "
                         "adds a tray. Quit with %1.")
            .arg(keys));
    showMinimized();
}

void MainWindow::saveDivision()
{
    if (m_page)
        m_settings.setValue(divisionKey, m_page->division());
}

} // namespace latchkey::ui
