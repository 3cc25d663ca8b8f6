// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/certificateverifier.h"

#include "gateway/rules/httperror.h"
#include "gateway/upstream.h"
#include "support/replies.h"
#include "support/tlslistener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QFile>
#include <QTest>

#include <future>
#include <thread>

using namespace latchkey::ctl;
using namespace std::chrono_literals;
using latchkey::test::aCertificate;
using latchkey::test::anotherFingerprint;
using latchkey::test::TlsListener;

namespace {

constexpr int patience = 60'000; // of the test, generous because the machine may be busy

//! Sends a request with a token to `host`, which is at `port` of this machine. Returns the status
//! of the answer or of the refusal.
Task<unsigned> ask(
    asio::io_context &context, asio::ssl::context &tls, const Appliance &appliance, quint16 port)
{
    Dialer dialer(context.get_executor(), {},
        [port](asio::any_io_executor, const std::string &, const std::string &) -> Task<Places> {
            co_return Places{{asio::ip::address_v4::loopback(), port}};
        });
    const auto upstream = Upstream::to(appliance, context.get_executor(), tls, {});
    try {
        co_await upstream->connect(dialer);
        UpstreamRequest request(beast::http::verb::get, "/", 11);
        request.set(beast::http::field::host, appliance.authority);
        request.set(beast::http::field::authorization, "Bearer not-a-token");
        const auto reply = co_await upstream->exchange(request);
        co_return reply->get().result_int();
    } catch (const HttpError &refused) {
        co_return refused.status();
    }
}

} // namespace

//! Which certificates are accepted, over real TLS.
class TestTrust final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhoIsExpectedGetsAByte_data();
    void onlyWhoIsExpectedGetsAByte();
};

// The certificate is for `appliance.test`.
void TestTrust::onlyWhoIsExpectedGetsAByte_data()
{
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("pin");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isServed");

    const QString none;
    const QString right = aCertificate().fingerprint.toText();
    const QString wrong = anotherFingerprint().toText();
    const QByteArray host = "appliance.test";
    QTest::newRow("trusted by the system") << true << none << host << true;
    QTest::newRow("trusted for another host") << true << none << QByteArray("other.test") << false;
    QTest::newRow("not trusted") << false << none << host << false;
    QTest::newRow("pinned") << false << right << host << true;
    QTest::newRow("pinned, at any host") << false << right << QByteArray("other.test") << true;
    QTest::newRow("pinned and trusted") << true << right << host << true;
    QTest::newRow("another is pinned") << false << wrong << host << false;
    QTest::newRow("trusted, but another is pinned") << true << wrong << host << false;
}

void TestTrust::onlyWhoIsExpectedGetsAByte()
{
    QFETCH(const bool, isTrusted);
    QFETCH(const QString, pin);
    QFETCH(const QByteArray, host);
    QFETCH(const bool, isServed);
    TlsListener listener;
    QVERIFY(listener.listen());
    asio::ssl::context tls = makeTlsContext();
    if (isTrusted) {
        QFile file(QStringLiteral(":/support/appliance.pem"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray pem = file.readAll();
        tls.add_certificate_authority(
            asio::buffer(pem.constData(), static_cast<std::size_t>(pem.size())));
    }
    const Appliance appliance =
        Appliance::from({{"server", "https://" + host.toStdString()}, {"pin", pin.toStdString()}});

    asio::io_context context(1);
    auto status = asio::co_spawn(
        context, ask(context, tls, appliance, listener.serverPort()), asio::use_future);
    std::thread thread([&context] { context.run(); });
    const auto isDone = [&] {
        return status.wait_for(0s) == std::future_status::ready;
    };
    const bool isInTime = QTest::qWaitFor(isDone, patience);
    context.stop();
    thread.join();
    QVERIFY(isInTime);
    QCOMPARE(status.get(), isServed ? 204U : 502U);
    QTRY_VERIFY_WITH_TIMEOUT(listener.isAlone(), patience);
    QCOMPARE(!listener.heard().isEmpty(), isServed);
}

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_certificateverifier.moc"
