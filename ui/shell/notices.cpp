// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/notices.h"

#include "sessions/actiontext.h"
#include "widgets/plaintext.h"

#include "session/sessionmodel.h"

#include <QSettings>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

//! What comes within this time has one cause, as a rule.
constexpr Milliseconds gatheringTime = 1500ms;

// A session's notice has its name as the subject. The others have a slash, which no name has.
const QString copySubject = u"/copy"_s;
const QString questionSubject = u"/question"_s;
const QString traySubject = u"/tray"_s;

QString subjectOf(Matter matter)
{
    return u"/matter-%1"_s.arg(static_cast<int>(matter));
}

QString briefly(const QString &name)
{
    constexpr qsizetype most = 32;
    return shortened(name, most);
}

//! The first few, as a notice has little room.
QString firstOf(const QStringList &names)
{
    constexpr qsizetype most = 6;
    QStringList shown;
    for (const QString &name : names.first(std::min(most, names.size())))
        shown.append(briefly(name));
    if (names.size() > most)
        shown.append(u"…"_s);
    return listed(shown);
}

Notice::Button buttonFor(Action action)
{
    return {QString::number(static_cast<int>(action)), textOf(action)};
}

QString titleOf(const SessionView &session, Matter matter)
{
    const QString name = briefly(session.name());
    return matter == Matter::End
        ? Notices::tr("%1: Sign-in ends soon", "session").arg(name)
        : Notices::tr("%1: %2", "session: state").arg(name, session.state());
}

QString textOf(const SessionView &session, Matter matter)
{
    if (matter != Matter::End)
        return session.reason();
    const bool hasRefreshToken = session.snapshot().hasRefreshToken;
    return Notices::tr("%1. Only you can prolong it: sign in again before that.", "time left")
        .arg(hasRefreshToken ? session.refreshToken() : session.accessToken());
}

Notice noticeOf(const SessionView &session, Matter matter)
{
    Notice notice{titleOf(session, matter), textOf(session, matter)};
    if (matter == Matter::Lapse)
        notice.buttons.append(buttonFor(Action::RefreshNow));
    else
        notice.buttons.append(buttonFor(neededFor(session).value_or(Action::SignIn)));
    return notice;
}

QString countOf(int count, Matter matter)
{
    switch (matter) {
    case Matter::Need:
        return countsOf(QList<Mood::Value>(count, Mood::NeedsYou)).first().translated;
    case Matter::Lapse:
        return Notices::tr("%n sessions cannot renew, tokens expired", nullptr, count);
    case Matter::End:
        return Notices::tr("%n sign-ins end soon", nullptr, count);
    }
    Q_UNREACHABLE();
}

} // namespace

Notices::Notices(SessionModel &sessions, const Clock &clock, QSettings &settings,
    std::unique_ptr<Notifications> desktop, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_desktop(std::move(desktop))
    , m_attention(sessions, clock, settings)
    , m_deadlines(clock)
    , m_gathered(m_deadlines)
{
    connect(&m_attention, &Attention::due, this, &Notices::onDue);
    connect(&m_attention, &Attention::over, this, &Notices::onOver);
    connect(&m_gathered, &Deadline::reached, this, &Notices::tellAll);
    connect(m_desktop.get(), &Notifications::pressed, this, &Notices::onPressed);
    connect(m_desktop.get(), &Notifications::failed, this,
        [this](const QString &subject, const Notice &notice) {
            Q_EMIT unseen(m_about.value(subject), notice);
        });
}

void Notices::tellOfCopy(const QString &session, const QString &sentence)
{
    show(copySubject, session, {.title = briefly(session), .text = sentence, .isPassing = true});
}

void Notices::tellOfQuestion(const QString &session, const QString &sentence)
{
    show(questionSubject, session, {tr("A program asks for your permission"), sentence});
}

void Notices::closeQuestion()
{
    m_desktop->close(questionSubject);
}

void Notices::tellOfTray()
{
    show(traySubject, {},
        {.title = tr("Latchkey goes on in the tray"),
            .text = tr("Your sessions stay signed in. Click the icon to open the window again, or "
                       "choose Quit in its menu."),
            .isPassing = true});
}

void Notices::look()
{
    m_attention.look();
    m_deadlines.look();
}

void Notices::onDue(const QString &name, Matter matter)
{
    takeOut(name);
    if (const Session *session = m_sessions.find(name))
        m_words.insert(name, noticeOf(SessionView(session->snapshot()), matter));
    m_groups[matter].fresh.append(name);
    gather();
}

void Notices::onOver(const QString &name)
{
    takeOut(name);
    m_words.remove(name);
    m_desktop->close(name);
}

void Notices::takeOut(const QString &name)
{
    for (auto &[matter, group] : m_groups) {
        group.fresh.removeOne(name);
        if (!group.counted.removeOne(name))
            continue;
        group.isOutdated = true;
        gather();
    }
}

void Notices::gather()
{
    if (!m_gathered.at())
        m_gathered.set(m_deadlines.now() + gatheringTime);
}

void Notices::tellAll()
{
    for (const auto &[matter, group] : m_groups) {
        if (group.isOutdated || !group.fresh.isEmpty())
            tell(matter);
    }
}

void Notices::tell(Matter matter)
{
    Group &group = m_groups[matter];
    const QStringList names = group.counted + group.fresh;
    group = {};
    if (names.size() < 2) {
        m_desktop->close(subjectOf(matter));
        for (const QString &name : names)
            show(name, name, m_words.value(name));
        return;
    }
    group.counted = names;
    for (const QString &name : names)
        m_desktop->close(name);
    show(subjectOf(matter), {}, {countOf(static_cast<int>(names.size()), matter), firstOf(names)});
}

void Notices::show(const QString &subject, const QString &session, Notice notice)
{
    notice.buttons.prepend({{}, tr("Open")});
    m_about.insert(subject, session);
    m_desktop->show(subject, notice);
}

//! Whoever shows notices could name any action, so only those count that are on a button.
void Notices::onPressed(const QString &subject, const QString &key)
{
    const QString session = m_about.value(subject);
    const Actions offered =
        Actions(Action::SignIn) | Action::EnterCode | Action::DecideTrust | Action::RefreshNow;
    const auto action = static_cast<Action>(key.toInt());
    if (key.isEmpty())
        Q_EMIT opened(session);
    else if (offered.testFlag(action))
        Q_EMIT actionRequested(session, action);
}

} // namespace latchkey::ui
