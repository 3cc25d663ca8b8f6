// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionsnapshot.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! What happened to a session, in words. Pure, as SessionView is.
struct EventView {
    Q_DECLARE_TR_FUNCTIONS(EventView)
public:
    QString when;
    QString what;
    //! Several lines, with which to find it in the appliance's logs: the cause, the appliance's own
    //! words, its time, the request's id.
    QString details;

    //! Newest first.
    [[nodiscard]] static QList<EventView> of(const SessionSnapshot &snapshot);

private:
    [[nodiscard]] static QString words(const SessionHistory::Entry &entry, Phase::Value before);
    [[nodiscard]] static QString causeWords(Cause::Value cause);
    [[nodiscard]] static QString detailsOf(const SessionHistory::Entry &entry);
};

} // namespace latchkey::ui
