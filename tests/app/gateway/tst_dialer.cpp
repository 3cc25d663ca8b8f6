// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/dialer.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <QTest>

#include <list>

#include <sys/socket.h>

using namespace latchkey::ctl;
using namespace std::chrono_literals;
using asio::ip::tcp;

namespace {

//! An address that listens but accepts nobody. Once its queue is full, the system drops all further
//! connections, as if nobody were there.
class Place {
public:
    Place(asio::io_context &context, const char *address)
        : m_acceptor(context, tcp::endpoint(asio::ip::make_address(address), 0))
        , m_context(context)
    {
    }

    [[nodiscard]] tcp::endpoint endpoint() const { return m_acceptor.local_endpoint(); }

    void die()
    {
        ::listen(m_acceptor.native_handle(), 0);
        for (int count = 0; count < 4; ++count) {
            tcp::socket &socket = m_crowd.emplace_back(m_context);
            socket.open(tcp::v4());
            socket.non_blocking(true);
            const tcp::endpoint place = endpoint(); // Asio's own connect() would block
            (void)::connect(
                socket.native_handle(), place.data(), static_cast<socklen_t>(place.size()));
        }
    }

    void revive()
    {
        ::listen(m_acceptor.native_handle(), 100);
        m_crowd.clear();
        ErrorCode error;
        m_acceptor.non_blocking(true);
        while (!error)
            (void)m_acceptor.accept(error);
    }

private:
    tcp::acceptor m_acceptor;
    asio::io_context &m_context;
    std::list<tcp::socket> m_crowd;
};

tcp::endpoint place(const char *address)
{
    return {asio::ip::make_address(address), 1};
}

} // namespace

class TestDialer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void familiesComeByTurns();
    void theKnownOneComesFirst();
    void aDeadAddressIsPassedBy();
    void whatConnectedIsRememberedAndTriedFirst();
    void aRefusedAddressIsPassedByAtOnce();
    void whereAllAreDeadThereIsNothing();
    void whereNoneIsFoundThereIsNothing();

private:
    [[nodiscard]] std::optional<tcp::endpoint> dial(Dialer &dialer);
    [[nodiscard]] Dialer dialer();

    std::unique_ptr<asio::io_context> m_context;
    Limits m_limits;
    Places m_places;
};

void TestDialer::init()
{
    m_context = std::make_unique<asio::io_context>();
    m_limits = Limits();
    m_limits.nextAddress = 20ms;
    m_places.clear();
}

Dialer TestDialer::dialer()
{
    return {m_context->get_executor(), m_limits,
        [this](asio::any_io_executor, const std::string &, const std::string &) -> Task<Places> {
            co_return m_places;
        }};
}

std::optional<tcp::endpoint> TestDialer::dial(Dialer &dialer)
{
    std::optional<tcp::endpoint> reached;
    const auto task = [&]() -> Task<void> {
        const auto socket = co_await dialer.dial("appliance.test", "443");
        if (socket)
            reached = socket->remote_endpoint();
    };
    asio::co_spawn(*m_context, task(), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure);
    });
    m_context->restart();
    m_context->run();
    return reached;
}

void TestDialer::familiesComeByTurns()
{
    const Places given{place("2001:db8::1"), place("2001:db8::2"), place("192.0.2.1"),
        place("192.0.2.2"), place("192.0.2.3")};
    const Places expected{place("2001:db8::1"), place("192.0.2.1"), place("2001:db8::2"),
        place("192.0.2.2"), place("192.0.2.3")};
    QVERIFY(inOrder(given, {}) == expected);
}

void TestDialer::theKnownOneComesFirst()
{
    const Places given{place("192.0.2.1"), place("192.0.2.2"), place("192.0.2.3")};
    const Places expected{place("192.0.2.3"), place("192.0.2.1"), place("192.0.2.2")};
    QVERIFY(inOrder(given, place("192.0.2.3")) == expected);
    QVERIFY(inOrder(given, place("192.0.2.9")) == given);
}

void TestDialer::aDeadAddressIsPassedBy()
{
    Place dead(*m_context, "127.0.0.2");
    Place alive(*m_context, "127.0.0.1");
    dead.die();
    m_places = {dead.endpoint(), alive.endpoint()};
    Dialer dialer = this->dialer();
    QVERIFY(dial(dialer) == alive.endpoint());
}

void TestDialer::whatConnectedIsRememberedAndTriedFirst()
{
    Place first(*m_context, "127.0.0.2");
    Place second(*m_context, "127.0.0.1");
    first.die();
    m_places = {first.endpoint(), second.endpoint()};
    Dialer dialer = this->dialer();
    QVERIFY(dial(dialer) == second.endpoint());
    first.revive();
    QVERIFY(dial(dialer) == second.endpoint());
    second.die();
    QVERIFY(dial(dialer) == first.endpoint());
}

void TestDialer::aRefusedAddressIsPassedByAtOnce()
{
    m_limits.nextAddress = 1h;
    Place alive(*m_context, "127.0.0.1");
    tcp::endpoint nobody;
    {
        nobody = Place(*m_context, "127.0.0.2").endpoint();
    }
    m_places = {nobody, alive.endpoint()};
    Dialer dialer = this->dialer();
    QVERIFY(dial(dialer) == alive.endpoint());
}

void TestDialer::whereAllAreDeadThereIsNothing()
{
    m_limits.connect = 100ms;
    Place one(*m_context, "127.0.0.2");
    Place other(*m_context, "127.0.0.3");
    one.die();
    other.die();
    m_places = {one.endpoint(), other.endpoint()};
    Dialer dialer = this->dialer();
    QVERIFY(!dial(dialer));
}

void TestDialer::whereNoneIsFoundThereIsNothing()
{
    Dialer dialer = this->dialer();
    QVERIFY(!dial(dialer));
}

QTEST_GUILESS_MAIN(TestDialer)
#include "tst_dialer.moc"
