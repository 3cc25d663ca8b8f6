// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "session/words/mood.h"

#include <QJsonObject>
#include <QObject>

#include <algorithm>
#include <functional>
#include <memory>

namespace latchkey {

//! One of the things that a doctor looks at, for people.
struct Finding {
    enum class State { Looking, Well, Wrong };

    //! What it is about: a session's name, the keychain …
    Sentence subject;
    //! The session, if it is about one.
    QString session = {};
    State state = State::Looking;
    //! What is wrong, and what to do about it.
    Sentence problem = {};
    //! As everywhere else, so that the same session has the same sign in all windows.
    Mood::Value mood = Mood::Busy;

    //! Well where \a found is empty.
    void conclude(const Sentence &found)
    {
        conclude(found, found.english.isEmpty() ? Mood::SignedIn : Mood::NeedsYou);
    }
    //! About a session in that mood. What is wrong with one that is well is a warning.
    void conclude(const Sentence &found, Mood::Value ofSession)
    {
        state = found.english.isEmpty() ? State::Well : State::Wrong;
        problem = found;
        mood = state == State::Wrong ? std::max(ofSession, Mood::CannotRenew) : ofSession;
    }
};

//! Port to one examination of all that may be wrong, for `agent.doctor` and the window. examine()
//! is called once and returns at once; exactly one examined() follows, at the deadline at the
//! latest, and progressed() before it for each thing that has been looked at.
class Doctor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void examine(const Instant &deadline) = 0;
    //! The report as it would be if the deadline were now.
    [[nodiscard]] virtual QJsonObject soFar() const = 0;
    //! The same for people; as many and in the same order from the start.
    [[nodiscard]] virtual QList<Finding> findings() const = 0;

Q_SIGNALS:
    void progressed();
    //! The answer of `agent.doctor`; see doctorjson.h for its parts.
    void examined(const QJsonObject &report);
};

//! Makes one for each examination: of all sessions, or where \a session is not empty, of that one.
using DoctorFactory = std::function<std::unique_ptr<Doctor>(const QString &session)>;

} // namespace latchkey
