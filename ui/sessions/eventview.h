// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionsnapshot.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! What happened to a session, in words. Pure, as SessionView is. The same that happens again and
//! again, such as a renewal, is one event.
struct EventView {
    Q_DECLARE_TR_FUNCTIONS(EventView)
public:
    //! When it happened first; stays the same when it happens once more.
    WallTime begin;
    QString when;
    QString what;
    //! Empty where nothing went wrong.
    QString why;
    //! Several lines, with which to find it in the appliance's logs: the cause, the appliance's own
    //! words, its time, the request's id. Empty where there are parts.
    QString details;
    //! Each time that it happened, newest first, if that is more than once.
    QList<EventView> parts = {};

    //! What and why.
    [[nodiscard]] QString sentence() const;
    //! All of it, for the clipboard.
    [[nodiscard]] QString asText() const;

    //! Newest first.
    [[nodiscard]] static QList<EventView> of(const SessionSnapshot &snapshot);

private:
    [[nodiscard]] static QList<EventView> unfolded(const SessionSnapshot &snapshot);
    [[nodiscard]] static EventView folded(const QList<EventView> &parts);
    [[nodiscard]] static QString words(const SessionHistory::Entry &entry, Phase::Value before);
    [[nodiscard]] static QString reasonOf(const SessionHistory::Entry &entry);
    [[nodiscard]] static QString causeWords(const SessionHistory::Entry &entry);
    [[nodiscard]] static QString detailsOf(const SessionHistory::Entry &entry);
};

} // namespace latchkey::ui
