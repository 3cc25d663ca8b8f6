// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/networkwatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString serviceName = u"org.freedesktop.NetworkManager"_s;
const QString objectPath = u"/org/freedesktop/NetworkManager"_s;
constexpr uint disconnected = 20;
constexpr uint connected = 70;

} // namespace

//! On the bus as NetworkManager is.
class FakeNetworkManager final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint State READ state)
public:
    explicit FakeNetworkManager(uint state)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SystemBus, u"fake"_s))
        , m_state(state)
    {
        m_bus.registerObject(objectPath, this, QDBusConnection::ExportAllProperties);
        m_bus.registerService(serviceName);
    }

    //! Ends like a process that is killed: the bus sees its connection close.
    ~FakeNetworkManager() override { QDBusConnection::disconnectFromBus(u"fake"_s); }

    [[nodiscard]] uint state() const { return m_state; }

    void setState(uint state)
    {
        m_state = state;
        QDBusMessage change = QDBusMessage::createSignal(
            objectPath, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
        change << serviceName << QVariantMap{{u"State"_s, state}} << QStringList();
        m_bus.send(change);
    }

private:
    QDBusConnection m_bus;
    uint m_state;
};

//! Runs with a bus of its own (tests/support/with-system-bus.sh).
class TestNetworkWatch final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void withoutNetworkManagerThereIsANetwork();
    void everyState_data();
    void everyState();
    void everyChange_data() { everyState_data(); }
    void everyChange();
    void oneThatDiesTakesItsWordAlong();
    void oneThatComesLaterIsHeard();
    void oneThatComesBackIsAskedAgain();
    void nobodyElseIsBelieved();
};

//! QtDBus may notice only now that the fake of the previous test has gone.
void TestNetworkWatch::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!QDBusConnection: name .* had owner).?"_s));
}

void TestNetworkWatch::withoutNetworkManagerThereIsANetwork()
{
    const NetworkWatch watch;
    const FakeNetworkManager manager(connected);
    const QSignalSpy changed(&watch, &NetworkWatch::changed);
    QVERIFY(watch.hasNetwork());
    QVERIFY(changed.isEmpty());
}

void TestNetworkWatch::everyState_data()
{
    QTest::addColumn<uint>("state");
    QTest::addColumn<bool>("hasNetwork");
    QTest::newRow("unknown") << 0U << true;
    QTest::newRow("asleep") << 10U << false;
    QTest::newRow("disconnected") << 20U << false;
    QTest::newRow("disconnecting") << 30U << false;
    QTest::newRow("connecting") << 40U << false;
    QTest::newRow("connected, local") << 50U << true;
    QTest::newRow("connected, site") << 60U << true;
    QTest::newRow("connected, global") << 70U << true;
}

void TestNetworkWatch::everyState()
{
    QFETCH(const uint, state);
    QFETCH(const bool, hasNetwork);
    FakeNetworkManager manager(state);
    const NetworkWatch watch;
    QTRY_COMPARE(watch.hasNetwork(), hasNetwork);
    // The bus keeps the order: the answer to the first query cannot arrive after this change.
    manager.setState(hasNetwork ? disconnected : connected);
    QTRY_COMPARE(watch.hasNetwork(), !hasNetwork);
}

void TestNetworkWatch::everyChange()
{
    QFETCH(const uint, state);
    QFETCH(const bool, hasNetwork);
    FakeNetworkManager manager(hasNetwork ? disconnected : connected);
    const NetworkWatch watch;
    QTRY_COMPARE(watch.hasNetwork(), !hasNetwork);
    QSignalSpy changed(&watch, &NetworkWatch::changed);
    manager.setState(hasNetwork ? disconnected : connected);
    manager.setState(state);
    QTRY_COMPARE(watch.hasNetwork(), hasNetwork);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toBool(), hasNetwork);
}

void TestNetworkWatch::oneThatDiesTakesItsWordAlong()
{
    auto manager = std::make_unique<FakeNetworkManager>(disconnected);
    const NetworkWatch watch;
    QTRY_VERIFY(!watch.hasNetwork());
    manager.reset();
    QTRY_VERIFY(watch.hasNetwork());
}

void TestNetworkWatch::oneThatComesLaterIsHeard()
{
    const NetworkWatch watch;
    const FakeNetworkManager manager(disconnected);
    QTRY_VERIFY(!watch.hasNetwork());
}

void TestNetworkWatch::oneThatComesBackIsAskedAgain()
{
    auto manager = std::make_unique<FakeNetworkManager>(disconnected);
    const NetworkWatch watch;
    QTRY_VERIFY(!watch.hasNetwork());
    manager.reset();
    manager = std::make_unique<FakeNetworkManager>(connected);
    QTRY_VERIFY(watch.hasNetwork());
    manager->setState(disconnected);
    QTRY_VERIFY(!watch.hasNetwork());
}

void TestNetworkWatch::nobodyElseIsBelieved()
{
    FakeNetworkManager manager(disconnected);
    const NetworkWatch watch;
    QSignalSpy changed(&watch, &NetworkWatch::changed);
    QTRY_VERIFY(!watch.hasNetwork());
    QDBusMessage forged = QDBusMessage::createSignal(
        objectPath, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    forged << serviceName << QVariantMap{{u"State"_s, connected}} << QStringList();
    QDBusConnection other = QDBusConnection::connectToBus(QDBusConnection::SystemBus, u"other"_s);
    // The bus delivers the forged signal before the genuine ones that follow.
    QVERIFY(other.send(forged));
    QDBusConnection::disconnectFromBus(u"other"_s);
    manager.setState(disconnected);
    manager.setState(connected);
    QTRY_VERIFY(watch.hasNetwork());
    QCOMPARE(changed.count(), 2);
}

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
