// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/notices.h"

#include "support/fakedesktop.h"
#include "ui/uifixture.h"

#include <QSettings>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNotices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void tellsOfANeedWithItsButton();
    void offersToLookAtTheCertificate();
    void tellsOfALapse();
    void warnsOfTheEnd();
    void keepsOneNoticeASession();
    void countsThoseThatComeTogether();
    void countsThoseThatComeLater();
    void countsDownToTheOneThatIsLeft();
    void saysNothingOfWhatIsOverAtOnce();
    void closesWhenTheSessionIsWell();
    void opensTheSessionThatItIsAbout();
    void doesNothingThatItDoesNotOffer();
    void opensNoSessionWhereItCounts();
    void shortensNames();
    void tellsOfTheLastCopy();
    void closesAQuestionThatIsAnswered();
    void passesOnWhatNobodySees();

private:
    void end(const QString &name);
    void gather();
    [[nodiscard]] const Notice &only() const { return m_desktop->shown.first(); }
    [[nodiscard]] static QStringList labels(const Notice &notice);
    //! As a click does; the label is empty for the notice itself.
    void press(const QString &label);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<Notices> m_notices;
    FakeNotifications *m_desktop = nullptr;
};

void TestNotices::init()
{
    failOnUiWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
    auto desktop = std::make_unique<FakeNotifications>();
    m_desktop = desktop.get();
    m_notices = std::make_unique<Notices>(
        m_desk->sessions(), m_desk->clock().clock(), *m_settings, std::move(desktop));
}

void TestNotices::cleanup()
{
    m_notices.reset();
    m_desk.reset();
    m_settings.reset();
}

//! The appliance ends that session.
void TestNotices::end(const QString &name)
{
    m_desk->signedIn(name).refreshNow();
    m_desk->refuse(name, AuthError::Type::Expired);
}

void TestNotices::gather()
{
    m_desk->advance(2s);
    m_notices->look();
}

QStringList TestNotices::labels(const Notice &notice)
{
    QStringList labels;
    for (const Notice::Button &button : notice.buttons)
        labels.append(button.label);
    return labels;
}

void TestNotices::press(const QString &label)
{
    const QList<Notice::Button> buttons = only().buttons;
    const auto pressed = std::ranges::find(buttons, label, &Notice::Button::label);
    QVERIFY(pressed != buttons.end());
    Q_EMIT m_desktop->pressed(m_desktop->shown.firstKey(), pressed->key);
}

void TestNotices::tellsOfANeedWithItsButton()
{
    end(u"prod"_s);
    gather();
    QCOMPARE(m_desktop->titles(), {u"prod: Ended by the appliance"_s});
    QCOMPARE(only().text, u"The appliance ended the session. Sign in again."_s);
    QCOMPARE(labels(only()), QStringList({u"Open"_s, u"Sign in"_s}));
    const QSignalSpy asked(m_notices.get(), &Notices::actionRequested);
    press(u"Sign in"_s);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QCOMPARE(asked[0][1].value<Action>(), Action::SignIn);
}

void TestNotices::offersToLookAtTheCertificate()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    gather();
    QCOMPARE(labels(only()), QStringList({u"Open"_s, u"Look at certificate…"_s}));
}

void TestNotices::tellsOfALapse()
{
    m_desk->signedIn(u"prod"_s, 10min).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    m_desk->clock().advance(11min);
    m_notices->look();
    gather();
    QCOMPARE(m_desktop->titles(), {u"prod: Cannot renew, token expired"_s});
    QCOMPARE(labels(only()), QStringList({u"Open"_s, u"Refresh now"_s}));
}

void TestNotices::warnsOfTheEnd()
{
    m_desk->signIn(u"prod"_s);
    Granted grant = granted(1, m_desk->clock().now(), 1h);
    grant.reply.refreshToken = {};
    m_desk->client(u"prod"_s).answer(grant);
    m_desk->advance(45min);
    m_notices->look();
    gather();
    QCOMPARE(m_desktop->titles(), {u"prod: Sign-in ends soon"_s});
    QVERIFY2(only().text.startsWith(u"15 min left"_s), qPrintable(only().text));
    QCOMPARE(labels(only()), QStringList({u"Open"_s, u"Sign in"_s}));
}

void TestNotices::keepsOneNoticeASession()
{
    m_desk->signedIn(u"prod"_s, 10min).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    m_desk->clock().advance(11min);
    m_notices->look();
    gather();
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    gather();
    QCOMPARE(m_desktop->titles(), {u"prod: Ended by the appliance"_s});
}

void TestNotices::countsThoseThatComeTogether()
{
    for (int i = 1; i <= 9; ++i)
        end(u"site-%1"_s.arg(i));
    gather();
    QCOMPARE(m_desktop->titles(), {u"9 sessions need you"_s});
    QVERIFY(only().text.startsWith(u"site-1, site-2"_s));
    QCOMPARE(labels(only()), {u"Open"_s});
    QCOMPARE(m_desktop->count, 1);
}

void TestNotices::countsThoseThatComeLater()
{
    end(u"prod"_s);
    end(u"lab"_s);
    gather();
    end(u"dr"_s);
    gather();
    QCOMPARE(m_desktop->titles(), {u"3 sessions need you"_s});
}

void TestNotices::countsDownToTheOneThatIsLeft()
{
    for (const QString &name : {u"prod"_s, u"lab"_s, u"dr"_s})
        end(name);
    gather();
    m_desk->signedIn(u"lab"_s);
    gather();
    QCOMPARE(m_desktop->titles(), {u"2 sessions need you"_s});
    m_desk->signedIn(u"prod"_s);
    gather();
    QCOMPARE(m_desktop->titles(), {u"dr: Ended by the appliance"_s});
    m_desk->signedIn(u"dr"_s);
    gather();
    QVERIFY(m_desktop->shown.isEmpty());
}

void TestNotices::saysNothingOfWhatIsOverAtOnce()
{
    end(u"prod"_s);
    m_desk->signedIn(u"prod"_s);
    gather();
    QCOMPARE(m_desktop->count, 0);
}

void TestNotices::closesWhenTheSessionIsWell()
{
    end(u"prod"_s);
    gather();
    m_desk->signedIn(u"prod"_s);
    QVERIFY(m_desktop->shown.isEmpty());
}

void TestNotices::opensTheSessionThatItIsAbout()
{
    end(u"prod"_s);
    gather();
    end(u"lab"_s);
    gather();
    const QSignalSpy opened(m_notices.get(), &Notices::opened);
    Q_EMIT m_desktop->pressed(u"prod"_s, {});
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened[0][0].toString(), u"prod"_s);
}

void TestNotices::doesNothingThatItDoesNotOffer()
{
    end(u"prod"_s);
    gather();
    const QSignalSpy asked(m_notices.get(), &Notices::actionRequested);
    for (const Action action : {Action::CopyToken, Action::CopyHttpFile, Action::SignOut})
        Q_EMIT m_desktop->pressed(u"prod"_s, QString::number(static_cast<int>(action)));
    Q_EMIT m_desktop->pressed(u"prod"_s, u"no number"_s);
    QCOMPARE(asked.count(), 0);
}

void TestNotices::opensNoSessionWhereItCounts()
{
    end(u"prod"_s);
    end(u"lab"_s);
    gather();
    const QSignalSpy opened(m_notices.get(), &Notices::opened);
    press(u"Open"_s);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened[0][0].toString(), QString());
}

void TestNotices::shortensNames()
{
    end(QString(64, u'x'));
    gather();
    QVERIFY2(only().title.size() < 64, qPrintable(only().title));
}

void TestNotices::tellsOfTheLastCopy()
{
    m_notices->tellOfCopy(u"prod"_s, u"Token copied."_s);
    m_notices->tellOfCopy(u"lab"_s, u"Token copied."_s);
    QCOMPARE(m_desktop->titles(), {u"lab"_s});
    QVERIFY(only().isPassing);
    const QSignalSpy opened(m_notices.get(), &Notices::opened);
    press(u"Open"_s);
    QCOMPARE(opened[0][0].toString(), u"lab"_s);
}

void TestNotices::closesAQuestionThatIsAnswered()
{
    m_notices->tellOfQuestion(u"prod"_s, u"sh wants a token of prod."_s);
    QCOMPARE(m_desktop->titles(), {u"A program asks for your permission"_s});
    m_notices->closeQuestion();
    QVERIFY(m_desktop->shown.isEmpty());
}

void TestNotices::passesOnWhatNobodySees()
{
    m_desktop->isThere = false;
    const QSignalSpy unseen(m_notices.get(), &Notices::unseen);
    end(u"prod"_s);
    gather();
    QCOMPARE(unseen.count(), 1);
    QCOMPARE(unseen[0][0].toString(), u"prod"_s);
    QCOMPARE(unseen[0][1].value<Notice>().title, u"prod: Ended by the appliance"_s);
}

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
