// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "base/deadline.h"

#include <QList>
#include <QPointer>
#include <QTimer>

namespace latchkey {

//! Answers all who ask at the same time with one examination, because each connects to all
//! appliances. Two examinations begin at least `pause` apart, however many ask.
class SharedDoctor : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(const QJsonObject &report)>;

    //! An examination may take so long, or until the deadline of whoever asked first, if that is
    //! later.
    static constexpr Milliseconds usualPatience = std::chrono::seconds(10);
    static constexpr Milliseconds pause = std::chrono::seconds(1);
    //! After so many answers, the event loop has its turn.
    static constexpr qsizetype answersAtOnce = 32;

    SharedDoctor(DoctorFactory makeDoctor, DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! \a answer is called once, from the event loop: when the examination ends, or at \a deadline
    //! with what is known by then; never once \a caller is gone.
    void ask(const Instant &deadline, QObject *caller, const Answer &answer);
    //! When the examination began that is answered with, or is under way.
    [[nodiscard]] const std::optional<Instant> &begunAt() const { return m_begunAt; }

private:
    struct Call {
        QPointer<QObject> caller;
        Instant deadline;
        Answer answer;
    };
    void examine();
    void onExamined(const QJsonObject &report);
    void onDue();
    void watchNextDue();
    void dropThoseWhoLeft();
    void answer(const QList<Call> &calls, const QJsonObject &report);
    void answerSome();

    DoctorFactory m_makeDoctor;
    DeadlineQueue &m_deadlines;
    //! Null while nobody waits.
    std::unique_ptr<Doctor> m_doctor;
    std::optional<Instant> m_begunAt;
    Deadline m_beginAt;
    Deadline m_nextDue;
    QList<Call> m_calls;
    QList<std::pair<Call, QJsonObject>> m_answers;
    QTimer m_nextAnswers;
};

} // namespace latchkey
