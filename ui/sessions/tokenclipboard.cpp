// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/tokenclipboard.h"

#include "agent/access/ledger.h"
#include "session/sessionmodel.h"

#include <QClipboard>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds staysFor = 30s;
//! A copy that came later than this would surprise a person who has gone on to something else.
constexpr Milliseconds waitsFor = 20s;
constexpr Milliseconds enoughToUse = 60s;

//! It is good for another minute or, where its whole life is under two, for half of that.
bool isFresh(const TokenSet &tokens, const Instant &now)
{
    return remaining(tokens.accessEnd, now) >= std::min(enoughToUse, tokens.accessLife() / 2);
}

} // namespace

TokenClipboard::TokenClipboard(SessionModel &sessions, Ledger &ledger, Clock clock,
    QClipboard &clipboard, Clears clears, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_ledger(ledger)
    , m_clipboard(clipboard)
    , m_clears(std::move(clears))
    , m_deadlines(std::move(clock))
    , m_clearAt(m_deadlines)
    , m_giveUpAt(m_deadlines)
{
    connect(&m_clearAt, &Deadline::reached, this, &TokenClipboard::clear);
    connect(&m_giveUpAt, &Deadline::reached, this, &TokenClipboard::onGaveUp);
    connect(&m_sessions, &SessionModel::sessionChanged, this, &TokenClipboard::onSessionChanged);
}

TokenClipboard::~TokenClipboard()
{
    clear();
}

void TokenClipboard::copy(const QString &name)
{
    stopWaiting();
    Session *session = m_sessions.find(name);
    const TokenSet *tokens = session ? session->tokens() : nullptr;
    if (!tokens)
        return Q_EMIT told(name, tr("There is no token to copy. Sign in first."));
    const bool canBeRenewed = !tokens->refreshToken.isEmpty();
    if (isFresh(*tokens, session->now())
        || (!canBeRenewed && tokens->hasGoodAccess(session->now())))
        return put(session);
    m_awaited = name;
    m_before = tokens->accessToken;
    m_giveUpAt.set(m_deadlines.now() + waitsFor);
    Q_EMIT told(name, tr("The token is about to end. It is being renewed and then copied."));
    session->demand();
}

void TokenClipboard::onSessionChanged(Session *session)
{
    if (session->account().name != m_awaited)
        return;
    const TokenSet *tokens = session->tokens();
    if (tokens && tokens->accessToken == m_before && session->phase() == Phase::Refreshing)
        return;
    if (tokens && tokens->hasGoodAccess(session->now()) && tokens->accessToken != m_before)
        return put(session);
    onGaveUp();
}

//! A token that is still good for a while is better than none.
void TokenClipboard::onGaveUp()
{
    Session *session = m_sessions.find(m_awaited);
    const QString name = m_awaited;
    stopWaiting();
    const TokenSet *tokens = session ? session->tokens() : nullptr;
    if (tokens && tokens->hasGoodAccess(session->now()))
        return put(session);
    Q_EMIT told(name, tr("The token could not be renewed, so nothing was copied."));
}

void TokenClipboard::put(Session *session)
{
    stopWaiting();
    const TokenSet &tokens = *session->tokens();
    m_copied = tokens.accessToken;
    auto *data = new QMimeData;
    data->setText(m_copied.toString());
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    m_clipboard.setMimeData(data);
    m_ledger.append({{}, session->account().name, {}, HandOut::Copied});

    const Instant now = m_deadlines.now();
    const Milliseconds left = remaining(tokens.accessEnd, now);
    const bool clears = m_clears();
    m_clearAt.set(now + (clears ? std::min(staysFor, left) : left));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left).count();
    QString sentence = tr("Token copied.");
    if (left < enoughToUse)
        sentence += u' ' + tr("It ends in %1 s.").arg(seconds);
    else if (clears)
        sentence += u' ' + tr("The clipboard is cleared in 30 s.");
    Q_EMIT told(session->account().name, sentence);
}

void TokenClipboard::clear()
{
    m_clearAt.set({});
    if (isOurs())
        m_clipboard.clear();
    m_copied = {};
}

void TokenClipboard::stopWaiting()
{
    m_awaited.clear();
    m_before = {};
    m_giveUpAt.set({});
}

//! Compares the text, and not the owner: a clipboard manager may have taken our copy over.
bool TokenClipboard::isOurs() const
{
    return !m_copied.isEmpty() && Secret::fromString(m_clipboard.text()) == m_copied;
}

} // namespace latchkey::ui
