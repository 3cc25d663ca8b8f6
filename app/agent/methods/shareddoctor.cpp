// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/shareddoctor.h"

#include <algorithm>
#include <utility>

namespace latchkey {

SharedDoctor::SharedDoctor(DoctorFactory makeDoctor, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_makeDoctor(std::move(makeDoctor))
    , m_deadlines(deadlines)
    , m_beginAt(deadlines)
    , m_nextDue(deadlines)
{
    connect(&m_beginAt, &Deadline::reached, this, &SharedDoctor::examine);
    connect(&m_nextDue, &Deadline::reached, this, &SharedDoctor::onDue);
    m_nextAnswers.setSingleShot(true);
    connect(&m_nextAnswers, &QTimer::timeout, this, &SharedDoctor::answerSome);
}

void SharedDoctor::ask(const Instant &deadline, QObject *caller, const Answer &answer)
{
    m_calls.append({caller, deadline, answer});
    connect(
        caller, &QObject::destroyed, this, &SharedDoctor::dropThoseWhoLeft, Qt::UniqueConnection);
    if (!m_nextDue.at() || remaining(*m_nextDue.at(), deadline) > Milliseconds::zero())
        m_nextDue.set(deadline);
    if (m_doctor)
        return;
    m_doctor = m_makeDoctor({});
    connect(m_doctor.get(), &Doctor::examined, this, &SharedDoctor::onExamined);
    const Instant now = m_deadlines.now();
    if (m_begunAt && remaining(*m_begunAt + pause, now) > Milliseconds::zero())
        m_beginAt.set(*m_begunAt + pause);
    else
        examine();
}

void SharedDoctor::examine()
{
    const Instant now = m_deadlines.now();
    m_begunAt = now;
    const Milliseconds patience = remaining(m_calls.first().deadline, now);
    m_doctor->examine(now + std::max(patience, usualPatience));
}

void SharedDoctor::onExamined(const QJsonObject &report)
{
    m_doctor.release()->deleteLater();
    m_nextDue.set({});
    answer(std::exchange(m_calls, {}), report);
}

void SharedDoctor::onDue()
{
    const Instant now = m_deadlines.now();
    const auto first = std::ranges::stable_partition(m_calls, [&](const Call &call) {
        return remaining(call.deadline, now) > Milliseconds::zero();
    }).begin();
    const QList<Call> due(first, m_calls.end());
    m_calls.erase(first, m_calls.end());
    const QJsonObject report = m_doctor->soFar();
    dropThoseWhoLeft();
    answer(due, report);
}

void SharedDoctor::answer(const QList<Call> &calls, const QJsonObject &report)
{
    for (const Call &call : calls)
        m_answers.append({call, report});
    answerSome();
}

//! Thousands may wait, and nothing else must wait for all of them.
void SharedDoctor::answerSome()
{
    const auto portion = m_answers.first(std::min(m_answers.size(), answersAtOnce));
    m_answers.remove(0, portion.size());
    if (!m_answers.isEmpty())
        m_nextAnswers.start();
    for (const auto &[call, report] : portion) {
        if (call.caller)
            call.answer(report);
    }
}

void SharedDoctor::dropThoseWhoLeft()
{
    m_calls.removeIf([](const Call &call) { return !call.caller; });
    watchNextDue();
    if (!m_calls.isEmpty())
        return;
    m_beginAt.set({});
    m_doctor.reset();
}

void SharedDoctor::watchNextDue()
{
    const auto next = std::ranges::min_element(
        m_calls, {}, [](const Call &call) { return call.deadline.steady; });
    m_nextDue.set(next == m_calls.end() ? std::nullopt : std::optional(next->deadline));
}

} // namespace latchkey
