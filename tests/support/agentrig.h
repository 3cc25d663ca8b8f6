// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methods.h"
#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/handouts.h"
#include "support/peerconfiguration.h"
#include "support/replies.h"
#include "support/saving.h"

#include <QHash>

namespace latchkey::test {

//! The agent's methods without a socket: sessions with fake appliances, and a fake network for what
//! finds out kinds. One caller asks.
class AgentRig {
public:
    explicit AgentRig(const Kinds &kinds = shippedKinds(), bool hasWindows = false)
    {
        network.setTls(configurationWithPeer());
        saveAccountsOf(model);
        AgentInfo info{QStringLiteral("latchkeyd"), hasWindows};
        info.makeSearch = [this, &kinds](const Fingerprint &pin) {
            return std::make_unique<KindSearch>(kinds, network.factory(), deadlines, pin);
        };
        methods =
            std::make_unique<Methods>(model, handOuts.gate, deadlines, kinds, std::move(info));
    }

    //! Returns its number, by which result() and error() know it.
    int call(const QString &method, const QJsonObject &params)
    {
        const int number = ++m_calls;
        const auto program = [] {
            return aProgram();
        };
        static_cast<void>(methods->call({number, method, params}, {caller.get(), program, nullptr},
            [this, number](const RpcAnswer &answer) { m_answers.insert(number, answer); }));
        return number;
    }
    [[nodiscard]] bool isAnswered(int number) const { return m_answers.contains(number); }
    [[nodiscard]] QJsonObject result(int number) const
    {
        const auto answer = m_answers.constFind(number);
        const bool isResult = answer != m_answers.constEnd() && *answer;
        return isResult ? answer->value().toObject() : QJsonObject();
    }
    [[nodiscard]] RpcError error(int number) const
    {
        const auto answer = m_answers.constFind(number);
        const bool isError = answer != m_answers.constEnd() && !*answer;
        return isError ? answer->error() : RpcError();
    }
    //! At \a port, each of these paths answers as RFC 6749 says; no other place answers anything.
    void answer(int port, const QStringList &paths)
    {
        for (int i = 0; i < network.count(); ++i) {
            FakeReply *reply = network.reply(i);
            const QUrl url = network.request(i).request.url();
            if (!reply || reply->isFinished())
                continue;
            if (url.port(443) != port)
                reply->end(QNetworkReply::ConnectionRefusedError);
            else if (paths.contains(url.path()))
                reply->answer(400, R"({"error":"invalid_request"})", "application/json",
                    QNetworkReply::ProtocolInvalidOperationError);
            else
                reply->answer(404, "", "text/html", QNetworkReply::ContentNotFoundError);
        }
    }

    FakeClock clock;
    DeadlineQueue deadlines{clock.clock()};
    FakeNetwork network;
    FakeTokenClient *client = nullptr; //!< of the last session that was made
    SessionModel model{[this](const Account &account) {
        auto made = std::make_unique<FakeTokenClient>();
        client = made.get();
        return std::make_unique<Session>(account, std::move(made),
            storeOn(std::make_shared<FakeVault>()), RefreshPolicy([] { return 0.5; }),
            SessionHistory(), deadlines);
    }};
    HandOuts handOuts{deadlines};
    std::unique_ptr<QObject> caller = std::make_unique<QObject>();
    std::unique_ptr<Methods> methods;

private:
    QHash<int, RpcAnswer> m_answers;
    int m_calls = 0;
};

} // namespace latchkey::test
