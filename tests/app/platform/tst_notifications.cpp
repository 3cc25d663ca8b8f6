// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/notifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QMap>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString serviceName = u"org.freedesktop.Notifications"_s;
const QString objectPath = u"/org/freedesktop/Notifications"_s;

} // namespace

//! On the bus as a desktop's notification service is. Keeps what it is to show.
class FakeService final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };

    explicit FakeService(QStringList capabilities = {u"actions"_s, u"body"_s}, uint firstId = 40)
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"service"_s))
        , m_capabilities(std::move(capabilities))
        , m_lastId(firstId)
    {
        m_bus.registerObject(
            objectPath, this, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(serviceName);
    }
    //! Ends like a process that is killed.
    ~FakeService() override { QDBusConnection::disconnectFromBus(u"service"_s); }

    //! From here on it answers nothing, until recover().
    bool hangs = false;
    void recover()
    {
        hangs = false;
        for (const QDBusMessage &call : std::exchange(m_unanswered, {})) {
            const QVariantList told = call.arguments();
            const uint id = Notify(told[0].toString(), told[1].toUInt(), {}, told[3].toString(),
                told[4].toString(), told[5].toStringList(), {}, -1, call);
            m_bus.send(call.createReply(id));
        }
    }
    [[nodiscard]] qsizetype unanswered() const { return m_unanswered.size(); }
    QMap<uint, Shown> shown;
    int notified = 0;

public Q_SLOTS:
    [[nodiscard]] QStringList GetCapabilities() const { return m_capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title,
        const QString &text, const QStringList &actions, const QVariantMap &hints, int,
        const QDBusMessage &call)
    {
        if (hangs) {
            call.setDelayedReply(true);
            m_unanswered.append(call);
            return 0;
        }
        ++notified;
        const uint id = replaces ? replaces : ++m_lastId;
        shown[id] = {title, text, actions, hints};
        return id;
    }
    void CloseNotification(uint id)
    {
        shown.remove(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &key);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
    QStringList m_capabilities;
    uint m_lastId;
    QList<QDBusMessage> m_unanswered;
};

//! Runs with a bus of its own (tests/support/with-system-bus.sh).
class TestNotifications final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void showsANoticeWithItsButtons();
    void replacesTheNoticeOfTheSameSubject();
    void sendsTheLastOfSeveralAtOnce();
    void closesANotice();
    void closesOneThatIsStillOnItsWay();
    void tellsWhatWasPressed();
    void hearsOfItsOwnNoticesOnly();
    void believesTheServiceOnly();
    void makesANewOneWhereTheOldOneWasDismissed();
    void escapesTheTextWhereThereIsMarkUp();
    void sendsNoButtonsWhereThereAreNone();
    void marksWhatIsPassing();
    void saysThatThereIsNoService();
    void showsItOnceAServiceComes();
    void doesNotShowWhatHasPassed();
    void showsItAgainAfterARestart();
    void waitsForAServiceThatHangs();
    void handsOnTheRightToTheFront();

private:
    [[nodiscard]] uint id() const { return m_service->shown.firstKey(); }
    void showOne();

    std::unique_ptr<FakeService> m_service;
    std::unique_ptr<Notifications> m_notifications;
};

//! QtDBus may notice only now that the fake of the previous test has gone.
void TestNotifications::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!QDBusConnection: name .* had owner).?"_s));
    m_service = std::make_unique<FakeService>();
    m_notifications = makeNotifications();
}

void TestNotifications::cleanup()
{
    m_notifications.reset();
    m_service.reset();
}

void TestNotifications::showOne()
{
    m_notifications->show(u"prod"_s, {u"Title"_s, u"Text"_s});
    QTRY_COMPARE(m_service->shown.size(), 1);
}

void TestNotifications::showsANoticeWithItsButtons()
{
    m_notifications->show(
        u"prod"_s, {u"Title"_s, u"a < b"_s, {{{}, u"Open"_s}, {u"1"_s, u"Sign in"_s}}});
    QTRY_COMPARE(m_service->shown.size(), 1);
    const FakeService::Shown &shown = m_service->shown.first();
    QCOMPARE(shown.title, u"Title"_s);
    QCOMPARE(shown.text, u"a < b"_s);
    QCOMPARE(shown.actions, QStringList({u"default"_s, u"Open"_s, u"1"_s, u"Sign in"_s}));
    QCOMPARE(shown.hints.value(u"urgency"_s).toInt(), 1);
}

void TestNotifications::replacesTheNoticeOfTheSameSubject()
{
    showOne();
    m_notifications->show(u"prod"_s, {u"Other"_s, {}});
    QTRY_COMPARE(m_service->shown.first().title, u"Other"_s);
    m_notifications->show(u"lab"_s, {u"Lab"_s, {}});
    QTRY_COMPARE(m_service->shown.size(), 2);
}

void TestNotifications::sendsTheLastOfSeveralAtOnce()
{
    for (const QString &title : {u"1"_s, u"2"_s, u"3"_s})
        m_notifications->show(u"prod"_s, {title, {}});
    QTRY_VERIFY(!m_service->shown.isEmpty() && m_service->shown.first().title == u"3"_s);
    QCOMPARE(m_service->shown.size(), 1);
}

void TestNotifications::closesANotice()
{
    showOne();
    m_notifications->close(u"lab"_s);
    m_notifications->close(u"prod"_s);
    QTRY_VERIFY(m_service->shown.isEmpty());
}

void TestNotifications::closesOneThatIsStillOnItsWay()
{
    m_service->hangs = true;
    m_notifications->show(u"prod"_s, {u"Title"_s, {}});
    QTRY_COMPARE(m_service->unanswered(), 1);
    m_notifications->close(u"prod"_s);
    m_service->recover();
    m_notifications->show(u"lab"_s, {u"Lab"_s, {}});
    QTRY_VERIFY(m_service->shown.size() == 1 && m_service->shown.first().title == u"Lab"_s);
}

void TestNotifications::tellsWhatWasPressed()
{
    const QSignalSpy pressed(m_notifications.get(), &Notifications::pressed);
    showOne();
    Q_EMIT m_service->ActionInvoked(id(), u"1"_s);
    Q_EMIT m_service->ActionInvoked(id(), u"default"_s);
    QTRY_COMPARE(pressed.count(), 2);
    QCOMPARE(pressed[0], QVariantList({u"prod"_s, u"1"_s}));
    QCOMPARE(pressed[1], QVariantList({u"prod"_s, QString()}));
}

void TestNotifications::hearsOfItsOwnNoticesOnly()
{
    const QSignalSpy pressed(m_notifications.get(), &Notifications::pressed);
    showOne();
    Q_EMIT m_service->NotificationClosed(id() + 1, 2);
    Q_EMIT m_service->ActionInvoked(id() + 1, u"default"_s);
    Q_EMIT m_service->ActionInvoked(0, u"default"_s);
    Q_EMIT m_service->ActionInvoked(id(), u"1"_s);
    QTRY_COMPARE(pressed.count(), 1);
    QCOMPARE(pressed[0][1], u"1"_s);
}

void TestNotifications::believesTheServiceOnly()
{
    const QSignalSpy pressed(m_notifications.get(), &Notifications::pressed);
    showOne();
    QDBusMessage forged = QDBusMessage::createSignal(objectPath, serviceName, u"ActionInvoked"_s);
    forged << id() << u"forged"_s;
    QDBusConnection other = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"other"_s);
    QVERIFY(other.send(forged));
    QDBusConnection::disconnectFromBus(u"other"_s);
    // The bus delivers the forged signal before the genuine one.
    Q_EMIT m_service->ActionInvoked(id(), u"1"_s);
    QTRY_COMPARE(pressed.count(), 1);
    QCOMPARE(pressed[0][1], u"1"_s);
}

void TestNotifications::makesANewOneWhereTheOldOneWasDismissed()
{
    showOne();
    const uint old = id();
    m_service->shown.clear();
    Q_EMIT m_service->NotificationClosed(old, 2);
    Q_EMIT m_service->NotificationClosed(old, 2);
    // Its id may be another program's by now.
    m_notifications->show(u"lab"_s, {u"Lab"_s, {}});
    QTRY_COMPARE(m_service->shown.size(), 1);
    m_notifications->show(u"prod"_s, {u"Title"_s, {}});
    QTRY_COMPARE(m_service->shown.size(), 2);
    QVERIFY(!m_service->shown.contains(old));
}

void TestNotifications::escapesTheTextWhereThereIsMarkUp()
{
    m_notifications.reset();
    m_service.reset();
    m_service = std::make_unique<FakeService>(QStringList{u"body-markup"_s});
    m_notifications = makeNotifications();
    m_notifications->show(u"prod"_s, {u"a & b"_s, u"<b>R&D</b>"_s});
    QTRY_COMPARE(m_service->shown.size(), 1);
    QCOMPARE(m_service->shown.first().title, u"a & b"_s);
    QCOMPARE(m_service->shown.first().text, u"&lt;b&gt;R&amp;D&lt;/b&gt;"_s);
}

void TestNotifications::sendsNoButtonsWhereThereAreNone()
{
    m_notifications.reset();
    m_service.reset();
    m_service = std::make_unique<FakeService>(QStringList{u"body"_s});
    m_notifications = makeNotifications();
    m_notifications->show(u"prod"_s, {u"Title"_s, {}, {{{}, u"Open"_s}}});
    QTRY_COMPARE(m_service->shown.size(), 1);
    QVERIFY(m_service->shown.first().actions.isEmpty());
}

void TestNotifications::marksWhatIsPassing()
{
    m_notifications->show(u"prod"_s, {.title = u"Title"_s, .text = {}, .isPassing = true});
    QTRY_COMPARE(m_service->shown.size(), 1);
    QCOMPARE(m_service->shown.first().hints.value(u"urgency"_s).toInt(), 0);
    QCOMPARE(m_service->shown.first().hints.value(u"transient"_s).toBool(), true);
}

void TestNotifications::saysThatThereIsNoService()
{
    m_service.reset();
    const QSignalSpy failed(m_notifications.get(), &Notifications::failed);
    const Notice notice{u"Title"_s, u"Text"_s};
    m_notifications->show(u"prod"_s, notice);
    QCOMPARE(failed.count(), 0);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toString(), u"prod"_s);
    QCOMPARE(failed[0][1].value<Notice>(), notice);
}

void TestNotifications::showsItOnceAServiceComes()
{
    m_service.reset();
    const QSignalSpy failed(m_notifications.get(), &Notifications::failed);
    m_notifications->show(u"prod"_s, {u"Title"_s, {}});
    m_notifications->show(u"lab"_s, {u"Lab"_s, {}});
    QTRY_COMPARE(failed.count(), 2);
    m_notifications->close(u"lab"_s);
    m_service = std::make_unique<FakeService>();
    QTRY_COMPARE(m_service->shown.size(), 1);
    QCOMPARE(m_service->shown.first().title, u"Title"_s);
}

void TestNotifications::doesNotShowWhatHasPassed()
{
    m_service.reset();
    const QSignalSpy failed(m_notifications.get(), &Notifications::failed);
    m_notifications->show(u"copy"_s, {.title = u"Copied"_s, .text = {}, .isPassing = true});
    QTRY_COMPARE(failed.count(), 1);
    m_service = std::make_unique<FakeService>();
    showOne();
    QCOMPARE(m_service->shown.first().title, u"Title"_s);
}

void TestNotifications::showsItAgainAfterARestart()
{
    const QSignalSpy pressed(m_notifications.get(), &Notifications::pressed);
    showOne();
    const uint old = id();
    m_service.reset();
    m_service = std::make_unique<FakeService>(QStringList{u"body"_s}, 90);
    QTRY_COMPARE(m_service->shown.size(), 1);
    QCOMPARE(id(), 91U);
    Q_EMIT m_service->ActionInvoked(old, u"default"_s);
    Q_EMIT m_service->ActionInvoked(id(), u"1"_s);
    QTRY_COMPARE(pressed.count(), 1);
    QCOMPARE(pressed[0][1], u"1"_s);
}

void TestNotifications::waitsForAServiceThatHangs()
{
    m_service->hangs = true;
    m_notifications->show(u"prod"_s, {u"1"_s, {}});
    m_notifications->show(u"lab"_s, {u"Lab"_s, {}});
    QTRY_COMPARE(m_service->unanswered(), 2);
    m_notifications->show(u"prod"_s, {u"2"_s, {}});
    m_service->recover();
    QTRY_COMPARE(m_service->shown.size(), 2);
    QTRY_VERIFY(std::ranges::any_of(
        m_service->shown, [](const auto &shown) { return shown.title == u"2"_s; }));
    QCOMPARE(m_service->shown.size(), 2);
}

void TestNotifications::handsOnTheRightToTheFront()
{
    const QSignalSpy pressed(m_notifications.get(), &Notifications::pressed);
    showOne();
    qunsetenv("XDG_ACTIVATION_TOKEN");
    Q_EMIT m_service->ActivationToken(id() + 1, u"another's"_s);
    Q_EMIT m_service->ActionInvoked(id(), u"1"_s);
    QTRY_COMPARE(pressed.count(), 1);
    QVERIFY(!qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN"));
    Q_EMIT m_service->ActivationToken(id(), u"ours"_s);
    QTRY_COMPARE(qgetenv("XDG_ACTIVATION_TOKEN"), "ours"_ba);
}

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
