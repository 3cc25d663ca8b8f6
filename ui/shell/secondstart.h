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
    enum class Answer {
        Raised,
        Refused, //!< it has no windows
        None, //!< nobody has answered in time
    };
    Q_ENUM(Answer)

    explicit SecondStart(QString agentAddress, QObject *parent = nullptr);

    //! \a server and \a user, if either is given, are for a sign-in that the first one opens.
    void ask(const QString &server, const QString &user);

Q_SIGNALS:
    void answered(latchkey::ui::SecondStart::Answer answer);

private:
    void onReadyRead();
    void finish(Answer answer);

    QString m_address;
    QLocalSocket m_socket;
    QTimer m_patience;
};

} // namespace latchkey::ui
