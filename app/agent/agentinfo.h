// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "agent/methods/kindsearches.h"
#include "agent/report.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QUrl>

#include <functional>

namespace latchkey {

class MessageLog;

//! Who runs the agent, and what it is asked about itself.
struct AgentInfo {
    QString program;
    bool hasWindows = false;
    DoctorFactory makeDoctor = {};
    //! Connections at a time. More are turned away before this process runs out of descriptors.
    int mostConnections = 400;
    //! A person signs in: the keychain may ask them once more.
    std::function<void()> allowPrompt = [] {
    };
    //! The URL of the proxy that the sessions of \a server go through, with its credentials; empty
    //! where there is none.
    std::function<QString(const QUrl &server)> proxyFor = {};
    KindSearchFactory makeSearch = {};
    //! The answer of `agent.settings`.
    std::function<QJsonObject()> settings = {};
    //! The process that a person would end to end Latchkey.
    qint64 pid = QCoreApplication::applicationPid();
    MessageLog *log = nullptr;
    ReportFactory makeReport = {};
};

} // namespace latchkey
