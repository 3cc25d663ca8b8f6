// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

namespace latchkey::ui {

//! What a second start does: asks the Latchkey that runs already to show its window (method
//! `agent.raise` of docs/agent-api.md §5). Exactly one answered() follows ask().
class SecondStart final : public QObject {
    Q_OBJECT
public:
    explicit SecondStart(QString agentAddress, QObject *parent = nullptr);

    void ask();

Q_SIGNALS:
    //! False where nobody answers in time, or where latchkeyd does, which has no windows.
    void answered(bool isRaised);

private:
    void onReadyRead();
    void finish(bool isRaised);

    QString m_address;
    QLocalSocket m_socket;
    QTimer m_patience;
};

} // namespace latchkey::ui
