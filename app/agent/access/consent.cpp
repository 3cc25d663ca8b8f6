// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/consent.h"

#include <algorithm>

namespace latchkey {

ConsentCall::ConsentCall(DeadlineQueue &deadlines, const Instant &deadline, QObject *parent)
    : QObject(parent)
    , m_deadline(deadlines)
{
    connect(&m_deadline, &Deadline::reached, this, [this] { finish(Outcome::TooLate); });
    m_deadline.set(deadline);
}

void ConsentCall::finish(Outcome outcome)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_deadline.set({});
    deleteLater();
    Q_EMIT finished(outcome);
}

Consent::Consent(DeadlineQueue &deadlines, const QString &consentsPath, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_remembered(consentsPath)
    , m_nextEnd(deadlines)
{
    connect(&m_nextEnd, &Deadline::reached, this, &Consent::onChanged);
}

void Consent::setPrompt(ConsentPrompt *prompt)
{
    if (m_prompt)
        m_prompt->disconnect(this);
    m_prompt = prompt;
    if (prompt)
        connect(prompt, &ConsentPrompt::decided, this, &Consent::onDecided);
    else
        refuseAll();
}

std::optional<Milliseconds> Consent::timeLeft(const QString &session, const Program &program) const
{
    const auto identity = ProgramIdentity::of(program);
    return identity ? m_remembered.timeLeft(session, *identity, m_deadlines.now()) : std::nullopt;
}

bool Consent::isDenied(const QString &session, const Program &program, Permission::What what) const
{
    return m_remembered.isDenied(session, ProgramIdentity::of(program), m_deadlines.now(), what);
}

void Consent::endUntilLock()
{
    m_remembered.endUntilLock();
    Q_EMIT narrowed();
    onChanged();
}

void Consent::onChanged()
{
    m_nextEnd.set({});
    const auto entries = allowed();
    for (const RememberedConsents::Entry &entry : entries) {
        if (entry.end && (!m_nextEnd.at() || entry.end->steady < m_nextEnd.at()->steady))
            m_nextEnd.set(entry.end);
    }
    Q_EMIT changed();
}

QList<RememberedConsents::Entry> Consent::allowed() const
{
    return m_remembered.entries(m_deadlines.now());
}

qsizetype Consent::revoke(const QString &asker, const QString &session)
{
    const qsizetype count = m_remembered.revoke(asker, session);
    if (count > 0) {
        Q_EMIT narrowed();
        onChanged();
    }
    return count;
}

bool Consent::block(const QString &asker)
{
    if (!m_remembered.block(asker))
        return false;
    endQuestions(
        [&](const Question &question) {
            return ProgramIdentity::askerOf(question.program) == asker;
        },
        ConsentCall::Outcome::Refused);
    Q_EMIT narrowed();
    onChanged();
    return true;
}

bool Consent::unblock(const QString &asker)
{
    const bool wasBlocked = m_remembered.unblock(asker);
    if (wasBlocked)
        onChanged();
    return wasBlocked;
}

void Consent::ask(
    const QString &session, const Program &program, ConsentCall *call, const Permission &permission)
{
    Question *question = questionFor(session, program, permission);
    if (!question)
        return call->finish(ConsentCall::Outcome::TooMany);
    question->calls.append(call);
    connect(call, &ConsentCall::finished, this, [this, call] { drop(call); });
    connect(call, &QObject::destroyed, this, [this] { drop(nullptr); });
    showNext();
}

//! Programs without a known identity get a question each: one answer must not count for two of
//! them. Their questions are counted as those of one program, which could fork for each.
Consent::Question *Consent::questionFor(
    const QString &session, const Program &program, const Permission &permission)
{
    const auto identity = ProgramIdentity::of(program);
    const auto found = std::ranges::find_if(m_questions, [&](const Question &question) {
        const bool isSame =
            question.identity == identity && (identity || question.program.pid == program.pid);
        return isSame && question.session == session && question.permission == permission;
    });
    if (found != m_questions.end())
        return &*found;
    if (std::ssize(m_questions) >= mostQuestions
        || std::ranges::count(m_questions, identity, &Question::identity) >= mostOfAProgram)
        return nullptr;
    return &m_questions.emplace_back(Question{session, program, permission, identity, {}});
}

void Consent::onDecided(Decision decision)
{
    if (m_questions.empty())
        return;
    const Question question = m_questions.front();
    m_questions.erase(m_questions.begin());
    const bool isToken = question.permission.what == Permission::Token;
    if (isToken && question.identity)
        m_remembered.add(question.session, *question.identity, decision, m_deadlines.now());
    if (decision == Decision::Deny) {
        m_remembered.deny(
            question.session, question.identity, m_deadlines.now(), question.permission.what);
    }
    const auto outcome =
        decision == Decision::Deny ? ConsentCall::Outcome::Refused : ConsentCall::Outcome::Allowed;
    for (const QPointer<ConsentCall> &call : question.calls) {
        if (call)
            call->finish(outcome);
    }
    if (isToken)
        onChanged();
    if (decision != Decision::Deny)
        return showNext();
    endQuestions(
        [this](const Question &open) { return isDenied(open); }, ConsentCall::Outcome::Refused);
}

bool Consent::isDenied(const Question &question) const
{
    return isDenied(question.session, question.program, question.permission.what);
}

//! A question goes when no call waits for it any more.
void Consent::drop(const ConsentCall *finished)
{
    for (Question &question : m_questions)
        question.calls.removeIf([=](const auto &call) { return !call || call == finished; });
    if (std::erase_if(m_questions, [](const Question &q) { return q.calls.isEmpty(); }) > 0)
        showNext();
}

void Consent::refuseAll()
{
    endQuestions([](const Question &) { return true; }, ConsentCall::Outcome::Refused);
}

void Consent::begin(const QString &session)
{
    m_remembered.forget(session);
    onChanged();
}

void Consent::forget(const QString &session)
{
    m_remembered.forget(session);
    endQuestionsOf(session);
    onChanged();
}

void Consent::rename(const QString &session, const QString &name)
{
    m_remembered.rename(session, name);
    endQuestionsOf(session);
    onChanged();
}

void Consent::endQuestionsOf(const QString &session)
{
    endQuestions([&](const Question &question) { return question.session == session; },
        ConsentCall::Outcome::SessionGone);
}

void Consent::endQuestions(
    const std::function<bool(const Question &)> &which, ConsentCall::Outcome outcome)
{
    const auto ended = std::ranges::stable_partition(
        m_questions, [&](const Question &question) { return !which(question); });
    const std::vector<Question> over(ended.begin(), ended.end());
    m_questions.erase(ended.begin(), ended.end());
    for (const Question &question : over) {
        for (const QPointer<ConsentCall> &call : question.calls) {
            if (call)
                call->finish(outcome);
        }
    }
    showNext();
}

void Consent::showNext()
{
    if (!m_prompt)
        return;
    if (m_questions.empty())
        return m_prompt->hide();
    const Question &first = m_questions.front();
    m_prompt->show({first.session, first.program, !first.identity,
        static_cast<qsizetype>(m_questions.size()) - 1, first.permission});
}

} // namespace latchkey
