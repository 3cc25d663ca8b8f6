// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/colorscheme.h"

#include "support/warnings.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Wish = ColorScheme::Wish;

//! On the bus as the desktop's portal is.
class FakePortal final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    explicit FakePortal(uint scheme)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"portal"_s))
        , m_scheme(scheme)
    {
        m_bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
            QDBusConnection::ExportScriptableSlots | QDBusConnection::ExportScriptableSignals);
        m_bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    ~FakePortal() override { QDBusConnection::disconnectFromBus(u"portal"_s); }

    void tell(const QString &group, const QString &key, const QVariant &value)
    {
        Q_EMIT SettingChanged(group, key, QDBusVariant(value));
    }

public Q_SLOTS:
    //! Wrapped twice, as portals do.
    Q_SCRIPTABLE QDBusVariant Read(const QString &group, const QString &key)
    {
        const bool isAsked = group == "org.freedesktop.appearance"_L1 && key == "color-scheme"_L1;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(isAsked ? m_scheme : 0U)));
    }

Q_SIGNALS:
    Q_SCRIPTABLE void SettingChanged(
        const QString &group, const QString &key, const QDBusVariant &value);

private:
    QDBusConnection m_bus;
    uint m_scheme;
};

//! On a bus of its own (tests/support/with-system-bus.sh).
class TestColorScheme final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void isWhatThePortalSays_data();
    void isWhatThePortalSays();
    void followsThePortal();
    void waitsForAPortalThatComesLate();
};

void TestColorScheme::isWhatThePortalSays_data()
{
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<Wish>("wish");
    QTest::newRow("dark") << 1U << Wish::Dark;
    QTest::newRow("light") << 2U << Wish::Light;
}

void TestColorScheme::isWhatThePortalSays()
{
    QFETCH(const uint, scheme);
    QFETCH(const Wish, wish);
    const FakePortal portal(scheme);
    const auto desktop = makeColorScheme();
    QCOMPARE(desktop->wish(), Wish::None);
    QTRY_COMPARE(desktop->wish(), wish);
}

void TestColorScheme::followsThePortal()
{
    FakePortal portal(1);
    const auto desktop = makeColorScheme();
    QTRY_COMPARE(desktop->wish(), Wish::Dark);
    portal.tell(u"org.freedesktop.appearance"_s, u"contrast"_s, 2U);
    portal.tell(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, u"prefer-light"_s);
    portal.tell(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 2U);
    const QSignalSpy changed(desktop.get(), &ColorScheme::changed);
    QTRY_COMPARE(desktop->wish(), Wish::Light);
    portal.tell(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 17U);
    QTRY_COMPARE(desktop->wish(), Wish::None);
    QCOMPARE(changed.size(), 2);
}

void TestColorScheme::waitsForAPortalThatComesLate()
{
    const auto desktop = makeColorScheme();
    const FakePortal portal(1);
    QTRY_COMPARE(desktop->wish(), Wish::Dark);
}

QTEST_GUILESS_MAIN(TestColorScheme)
#include "tst_colorscheme.moc"
