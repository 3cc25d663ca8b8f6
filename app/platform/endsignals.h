// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

namespace latchkey {

//! Turns the operating system's requests to end (SIGTERM, SIGINT, SIGHUP) into a signal of the
//! event loop, so that the program can end as it does from its own menu. Emits it at most once, and
//! not for signals that a library raises in this process itself.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject *parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void endRequested();
};

} // namespace latchkey
