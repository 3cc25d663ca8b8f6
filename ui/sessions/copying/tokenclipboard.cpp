// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/tokenclipboard.h"

#include "sessions/copying/copytext.h"
#include "sessions/copying/desktopclipboard.h"
#include "sessions/copying/secretmimedata.h"

#include "agent/access/ledger.h"
#include "session/sessionmodel.h"
#include "session/words/sentences.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

//! ClipIt and Parcellite ask twice a second, CopyQ four times within 0.6 s.
constexpr Milliseconds watchersPauseFor = 700ms;
constexpr Milliseconds watchersAskFor = 3s;
//! A program may ask more than once for one paste.
constexpr Milliseconds pasteTakes = 300ms;
//! A copy that came later than this would surprise a person who has gone on to something else.
constexpr Milliseconds waitsFor = 20s;
constexpr Milliseconds enoughToUse = 60s;
constexpr Milliseconds looksFor = 5s;

//! It is good for another minute or, where its whole life is under two, for half of that.
bool isFresh(const TokenSet &tokens, const Instant &now)
{
    return remaining(tokens.accessEnd, now) >= std::min(enoughToUse, tokens.accessLife() / 2);
}

} // namespace

TokenClipboard::TokenClipboard(SessionModel &sessions, Ledger &ledger, Clock clock,
    DesktopClipboard &clipboard, Stay stay, MakeProbe makeProbe, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_ledger(ledger)
    , m_clipboard(clipboard)
    , m_stay(std::move(stay))
    , m_makeProbe(std::move(makeProbe))
    , m_deadlines(std::move(clock))
    , m_offerAt(m_deadlines)
    , m_clearAt(m_deadlines)
    , m_giveUpAt(m_deadlines)
{
    connect(&m_clipboard, &DesktopClipboard::arrived, this, &TokenClipboard::onArrived);
    connect(&m_clipboard, &DesktopClipboard::refused, this, &TokenClipboard::onRefused);
    connect(&m_offerAt, &Deadline::reached, this, &TokenClipboard::offer);
    connect(&m_clearAt, &Deadline::reached, this, &TokenClipboard::clear);
    connect(&m_giveUpAt, &Deadline::reached, this, &TokenClipboard::onGaveUp);
    connect(&m_sessions, &SessionModel::sessionChanged, this, &TokenClipboard::onSessionChanged);
    connect(&m_sessions, &SessionModel::sessionRenamed, this,
        [this](const QString &before, const QString &name) {
            for (QString *own : {&m_awaited, &m_copied, &m_lookedAt})
                *own = *own == before ? name : *own;
        });
}

TokenClipboard::~TokenClipboard()
{
    clear();
}

void TokenClipboard::copy(const QString &name, Action way)
{
    stopWaiting();
    Session *session = m_sessions.find(name);
    if (session && way == Action::CopyCurl && !session->account().pin.isEmpty())
        return lookForKey(session->account());
    const QString command = session ? commandFor(way, session->account()) : QString();
    if (!command.isEmpty())
        return putCommand(session->account(), command);
    const TokenSet *tokens = session ? session->tokens() : nullptr;
    if (!tokens)
        return Q_EMIT told(name, tr("There is no token to copy. Sign in first."));
    if (tellsWhyNot(session->account()))
        return;
    m_way = way;
    const bool canBeRenewed = !tokens->refreshToken.isEmpty();
    if (isFresh(*tokens, session->now())
        || (!canBeRenewed && tokens->hasGoodAccess(session->now())))
        return putToken(session);
    m_awaited = name;
    m_before = tokens->accessToken;
    m_giveUpAt.set(m_deadlines.now() + waitsFor);
    Q_EMIT told(name, tr("The token is about to end. It is being refreshed and then copied."));
    session->demand();
}

//! The administrator forbids the appliance.
bool TokenClipboard::tellsWhyNot(const Account &account)
{
    const auto problem = m_sessions.whyNotSignIn(account);
    if (problem)
        Q_EMIT told(account.name, sentenceFor(*problem).translated);
    return problem.has_value();
}

void TokenClipboard::onSessionChanged(Session *session)
{
    if (session->account().name != m_awaited)
        return;
    const TokenSet *tokens = session->tokens();
    if (tokens && tokens->accessToken == m_before && session->phase() == Phase::Refreshing)
        return;
    if (tokens && tokens->hasGoodAccess(session->now()) && tokens->accessToken != m_before)
        return putToken(session);
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
        return putToken(session);
    Q_EMIT told(name, tr("The token could not be refreshed, so nothing was copied."));
}

void TokenClipboard::putCommand(
    const Account &account, const QString &command, const QString &remark)
{
    clear();
    m_copied = account.name;
    m_ofCommand = tr("Command copied. It holds no token.") + remark;
    auto data = std::make_unique<QMimeData>();
    data->setText(command);
    m_clipboard.put(std::move(data));
}

//! We know the certificate by its fingerprint only, and curl wants to know its key.
void TokenClipboard::lookForKey(const Account &account)
{
    m_lookedAt = account.name;
    m_probe = m_makeProbe(account);
    connect(m_probe.get(), &ApplianceProbe::probed, this, [this](const ApplianceReport &report) {
        m_probe.release()->deleteLater();
        putCurl(report);
    });
    m_probe->probe(m_deadlines.now() + looksFor);
}

//! The session may have another name or another pin by now, or may be gone.
void TokenClipboard::putCurl(const ApplianceReport &report)
{
    const Session *session = m_sessions.find(m_lookedAt);
    if (!session)
        return;
    const Account account = session->account();
    if (!report.tls || report.tls->trust != TlsConnection::Trust::Pinned
        || report.tls->certificate.fingerprint != account.pin)
        return Q_EMIT told(account.name,
            tr("Nothing was copied, as the appliance that you trust does not answer. Look under "
               "Connection."));
    const QString command =
        commandFor(Action::CopyCurl, account, report.tls->certificate.keySha256);
    if (command.isEmpty())
        return Q_EMIT told(account.name,
            tr("Nothing was copied: curl cannot check this appliance's certificate."));
    putCommand(account, command,
        u' ' + tr("curl knows the appliance by its key, and sends the token to no other."));
}

//! The policy may have come while the new token was waited for.
void TokenClipboard::putToken(Session *session)
{
    stopWaiting();
    if (tellsWhyNot(session->account()))
        return;
    clear();
    m_copied = session->account().name;
    m_text = secretFor(m_way, session->account(), session->tokens()->accessToken);
    m_end = session->tokens()->accessEnd;
    auto data = std::make_unique<SecretMimeData>();
    m_offer = data.get();
    m_clipboard.put(std::move(data));
}

void TokenClipboard::onArrived()
{
    if (m_offer)
        return onTokenArrived();
    Q_EMIT told(m_copied, m_ofCommand);
}

void TokenClipboard::onTokenArrived()
{
    m_ledger.append({{}, m_copied, {}, HandOut::Copied});
    const Instant now = m_deadlines.now();
    const Milliseconds left = remaining(m_end, now);
    const std::chrono::seconds stay = m_stay();
    m_givesInAt = now + watchersAskFor;
    m_offerAt.set(now + watchersPauseFor);
    m_clearAt.set(now + (stay > 0s ? std::min<Milliseconds>(stay, left) : left));
    connect(m_offer, &SecretMimeData::asked, this, &TokenClipboard::onAsked);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left).count();
    QString sentence = tr("Token copied.");
    if (left < enoughToUse)
        sentence += u' ' + tr("It ends in %1 s.").arg(seconds);
    else if (stay > 0s)
        sentence += u' ' + tr("It can be pasted once, within %1 s.").arg(stay.count());
    Q_EMIT told(m_copied, sentence);
}

void TokenClipboard::onAsked()
{
    if (!m_offerAt.at())
        return;
    const Instant now = m_deadlines.now();
    m_offerAt.set(now + std::min(watchersPauseFor, remaining(m_givesInAt, now)));
}

void TokenClipboard::offer()
{
    if (!m_offer)
        return;
    m_offer->setSecret(m_text);
    const bool isWatched = remaining(m_givesInAt, m_deadlines.now()) <= 0ms;
    if (m_stay() > 0s && !isWatched) {
        connect(
            m_offer, &SecretMimeData::taken, this,
            [this] { m_clearAt.set(m_deadlines.now() + pasteTakes); }, Qt::SingleShotConnection);
    }
}

void TokenClipboard::onRefused()
{
    clear();
    Q_EMIT refused(
        m_copied, tr("Nothing was copied, as the desktop did not allow it. Try again here."));
}

void TokenClipboard::clear()
{
    m_offerAt.set({});
    m_clearAt.set({});
    if (m_offer) {
        m_offer->setSecret({});
        m_clipboard.clear();
    }
    m_offer.clear();
    m_text = {};
}

void TokenClipboard::stopWaiting()
{
    m_probe.reset();
    m_awaited.clear();
    m_before = {};
    m_giveUpAt.set({});
}

} // namespace latchkey::ui
