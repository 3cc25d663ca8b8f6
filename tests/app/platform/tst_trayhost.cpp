// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/trayhost.h"

#include <QDBusConnection>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

//! On the bus as the registrar of trays is.
class FakeWatcher final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
public:
    explicit FakeWatcher(bool hasHost)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"watcher"_s))
        , m_hasHost(hasHost)
    {
        m_bus.registerObject(u"/StatusNotifierWatcher"_s, this,
            QDBusConnection::ExportAllProperties | QDBusConnection::ExportAllSignals);
        m_bus.registerService(u"org.kde.StatusNotifierWatcher"_s);
    }
    //! Ends like a process that is killed.
    ~FakeWatcher() override { QDBusConnection::disconnectFromBus(u"watcher"_s); }

    [[nodiscard]] bool hasHost() const
    {
        ++asked;
        return m_hasHost;
    }
    void setHost(bool hasHost)
    {
        m_hasHost = hasHost;
        if (hasHost)
            Q_EMIT StatusNotifierHostRegistered();
        else
            Q_EMIT StatusNotifierHostUnregistered();
    }

    mutable int asked = 0;

Q_SIGNALS:
    void StatusNotifierHostRegistered();
    void StatusNotifierHostUnregistered();

private:
    QDBusConnection m_bus;
    bool m_hasHost;
};

//! Trays of the newer kind, on a bus of its own (tests/support/with-system-bus.sh); those of the
//! older kind need a display (tests/e2e/test_notices.py).
class TestTrayHost final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void findsNone();
    void findsOneThatIsThere();
    void findsOneThatComesLate();
    void noticesThatItGoes();
    void noticesThatItsWatcherGoes();

private:
    std::unique_ptr<TrayHost> m_host;
};

//! QtDBus may notice only now that the fake of the previous test has gone.
void TestTrayHost::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!QDBusConnection: name .* had owner).?"_s));
    m_host.reset();
}

void TestTrayHost::findsNone()
{
    FakeWatcher watcher(false);
    m_host = makeTrayHost(u"wayland"_s);
    QVERIFY(!m_host->isThere());
}

void TestTrayHost::findsOneThatIsThere()
{
    const FakeWatcher watcher(true);
    m_host = makeTrayHost(u"wayland"_s);
    QTRY_VERIFY(m_host->isThere());
}

void TestTrayHost::findsOneThatComesLate()
{
    m_host = makeTrayHost(u"wayland"_s);
    FakeWatcher watcher(false);
    const QSignalSpy changed(m_host.get(), &TrayHost::changed);
    QTRY_COMPARE(watcher.asked, 1);
    watcher.setHost(true);
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(m_host->isThere());
}

void TestTrayHost::noticesThatItGoes()
{
    FakeWatcher watcher(true);
    m_host = makeTrayHost(u"wayland"_s);
    QTRY_VERIFY(m_host->isThere());
    watcher.setHost(false);
    QTRY_VERIFY(!m_host->isThere());
    watcher.setHost(true);
    QTRY_VERIFY(m_host->isThere());
}

void TestTrayHost::noticesThatItsWatcherGoes()
{
    auto watcher = std::make_unique<FakeWatcher>(true);
    m_host = makeTrayHost(u"wayland"_s);
    QTRY_VERIFY(m_host->isThere());
    watcher.reset();
    QTRY_VERIFY(!m_host->isThere());
    watcher = std::make_unique<FakeWatcher>(true);
    QTRY_VERIFY(m_host->isThere());
}

QTEST_GUILESS_MAIN(TestTrayHost)
#include "tst_trayhost.moc"
