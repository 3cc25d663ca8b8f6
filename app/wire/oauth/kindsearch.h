// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "wire/http/certificate.h"
#include "wire/http/httpoutcome.h"
#include "wire/http/network.h"
#include "wire/oauth/kinds.h"

#include <QObject>
#include <QUrl>

#include <map>
#include <memory>

namespace latchkey {

class HttpExchange;

//! Finds out which kind of appliance answers at an address, by a few anonymous requests side by
//! side. One of them is for a path that no kind has: a server that answers all paths alike is of no
//! kind. No credential is sent, so any certificate will do; the sign-in judges it.
//!
//! start() is called once and returns at once; exactly one finished() follows from the event loop,
//! after `patience` at the latest. Destroying it before that cancels.
class KindSearch final : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds patience = std::chrono::seconds(3);

    struct Candidate {
        Kind kind;
        //! As an account of this kind keeps it, with the port at which the appliance answered.
        QUrl server;
        //! What it showed, if neither the system nor the given pin vouches for that.
        std::optional<Certificate> untrusted;
    };

    //! \a pin is a certificate that is trusted beforehand; empty where there is none.
    KindSearch(const Kinds &kinds, Network network, DeadlineQueue &deadlines,
        const Fingerprint &pin = {}, QObject *parent = nullptr);
    ~KindSearch() override;

    //! \a server is an account's base URL, with or without the path of a kind's token call. Without
    //! a port in it, port 443 and the default ports of the kinds are asked.
    void start(const QUrl &server);

    //! What was found. Several where the answers fit several kinds, or where several appliances
    //! answer at different ports.
    [[nodiscard]] const QList<Candidate> &candidates() const { return m_candidates; }
    //! After finished(): why nobody has answered at all, or that time was up before anything was
    //! found; nothing where all is answered.
    [[nodiscard]] std::optional<AuthError> problem() const;

Q_SIGNALS:
    void finished();

private:
    //! Port, method and path.
    using Question = std::tuple<int, QByteArray, QString>;

    [[nodiscard]] QString baseOf(const Kind &kind) const
    {
        return kind.serverFrom(m_server).path();
    }

    [[nodiscard]] QList<int> ports() const;
    [[nodiscard]] QList<Kind> kindsAt(int port) const;
    void ask(const Question &question, const Fingerprint &pin);
    void onAnswered(const Question &question, const HttpOutcome &outcome);
    [[nodiscard]] bool fits(const Kind &kind, int port) const;
    [[nodiscard]] bool fits(const Kind::Check &check, const Kind &kind, int port) const;
    [[nodiscard]] bool isAnyAnswer(const HttpOutcome &answer, const Question &control) const;
    [[nodiscard]] QList<Candidate> candidatesAt(int port) const;
    void conclude();

    QList<Kind> m_kinds;
    Network m_network;
    DeadlineQueue &m_deadlines;
    Fingerprint m_pin;
    Deadline m_end;
    QUrl m_server;
    std::map<Question, std::unique_ptr<HttpExchange>> m_open;
    std::map<Question, HttpOutcome> m_answers;
    //! By port.
    std::map<int, Certificate> m_untrusted;
    QList<Candidate> m_candidates;
    bool m_isCutOff = false;
};

} // namespace latchkey
