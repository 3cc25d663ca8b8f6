// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "widgets/icons.h"

#include "session/sessionsnapshot.h"

#include <QCoreApplication>
#include <QFlags>
#include <QList>
#include <QString>

namespace latchkey::ui {

//! What a person may do with a session in its present state.
enum class Action {
    SignIn = 0x01,
    EnterCode = 0x02,
    DecideTrust = 0x04,
    CopyToken = 0x08,
    RefreshNow = 0x10,
    SignOut = 0x20,
    Rename = 0x40,
    Remove = 0x80,
    CheckNow = 0x100,
    Examine = 0x200, //!< by the doctor
    // What else the menu of "Copy token" copies: commands, which hold no token, and texts with one.
    CopyCommand = 0x1000,
    CopyHeader = 0x2000,
    CopyCurl = 0x4000,
    CopyPowerShell = 0x8000,
    CopyHttpFile = 0x10000,
};
Q_DECLARE_FLAGS(Actions, Action)

//! One session in words, as of the moment its snapshot was taken. Pure: the same snapshot gives
//! the same words, in the local time zone and language.
class SessionView {
    Q_DECLARE_TR_FUNCTIONS(SessionView)
public:
    explicit SessionView(SessionSnapshot snapshot);

    [[nodiscard]] const SessionSnapshot &snapshot() const { return m_snapshot; }
    [[nodiscard]] const QString &name() const { return m_snapshot.account.name; }
    //! `admin at backup.example.com`
    [[nodiscard]] QString address() const;

    [[nodiscard]] Mood::Value mood() const;
    //! Rename, Remove, CheckNow and Examine are always there, and not among these.
    [[nodiscard]] Actions actions() const;
    //! The one of them that a person most likely wants: what the state asks for, or else the token.
    [[nodiscard]] Action primary() const;

    //! In a few words, with the time until which it holds.
    [[nodiscard]] QString state() const;
    //! What a list does not say by the group's name and the time left: what is needed, or since
    //! when there is no good token. Empty where the group says it all.
    [[nodiscard]] QString inItsGroup() const;
    //! Of the access token; empty when there is none.
    [[nodiscard]] QString timeLeft() const;
    [[nodiscard]] QString user() const;
    [[nodiscard]] QString role() const;
    [[nodiscard]] QString userType() const;
    [[nodiscard]] QString secondFactor() const;
    [[nodiscard]] QString accessToken() const;
    [[nodiscard]] QString refreshToken() const;
    [[nodiscard]] QString nextRefresh() const;
    [[nodiscard]] QString applianceClock() const;
    //! The appliance's clock and ours are too far apart to be called in step.
    [[nodiscard]] bool isClockOff() const;
    //! Where the tokens rest, and if that is not the disk, why.
    [[nodiscard]] QString keeping() const;
    //! What is wrong and what to do about it; empty when nothing is.
    [[nodiscard]] QString reason() const;
    //! Since when, whether it is tried now, and in how long it is tried next; empty likewise.
    [[nodiscard]] QString attempts() const;
    //! In place of any value that nobody has told us.
    [[nodiscard]] static QString notKnown();

private:
    [[nodiscard]] QString span(Milliseconds length) const;
    [[nodiscard]] QString left(WallTime end) const;
    [[nodiscard]] QString clockTime(WallTime at) const;
    [[nodiscard]] QString wordOr(QString Identity::*field) const;
    [[nodiscard]] static QString noToken();

    SessionSnapshot m_snapshot;
};

} // namespace latchkey::ui

Q_DECLARE_OPERATORS_FOR_FLAGS(latchkey::ui::Actions)
