// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "doctor/doctorwindow.h"

#include "support/fakedoctor.h"
#include "ui/uifixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDoctorWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsWhatIsFoundWhileItLooks();
    void whatIsWrongComesFirst();
    void isInTheOrderAndTheSignsOfTheList();
    void aSingleClickDoesNothing();
    void saysThatNothingIsWrong();
    void offersWhatLatchkeyCanDo();
    void offersNothingWhereItCannot();
    void leadsToTheSession();
    void theOfferFollowsTheSession();
    void escapeStopsItAndThenCloses();
    void looksAgain();
    void findingsCanBeCopied();
    void remembersItsSize();

private:
    void open(const QStringList &sessions);
    void find(int number, const Sentence &problem);
    [[nodiscard]] QImage sign(int number) const;
    void finish() { Q_EMIT m_doctor->examined({}); }
    [[nodiscard]] QString heading() const { return words<QLabel>(*m_window); }
    [[nodiscard]] QString row(int number) const { return list()->item(number)->text(); }
    [[nodiscard]] QListWidget *list() const { return m_window->findChild<QListWidget *>(); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    QPointer<FakeDoctor> m_doctor;
    std::unique_ptr<DoctorWindow> m_window;
};

void TestDoctorWindow::init()
{
    failOnUiWarning();
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"w.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_desk = std::make_unique<UiFixture>();
}

void TestDoctorWindow::cleanup()
{
    m_window.reset();
    m_desk.reset();
}

void TestDoctorWindow::open(const QStringList &sessions)
{
    const auto makeDoctor = [this, sessions](const QString &) {
        auto doctor = std::make_unique<FakeDoctor>();
        doctor->found.append(Finding{{u"Keychain"_s, u"Keychain"_s}});
        for (const QString &name : sessions)
            doctor->found.append({{name, name}, name});
        m_doctor = doctor.get();
        return doctor;
    };
    m_window = std::make_unique<DoctorWindow>(
        m_desk->sessions(), makeDoctor, m_desk->clock().clock(), *m_settings);
    m_window->show();
    m_window->examine();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestDoctorWindow::find(int number, const Sentence &problem)
{
    m_doctor->found[number].conclude(problem);
    Q_EMIT m_doctor->progressed();
}

void TestDoctorWindow::tellsWhatIsFoundWhileItLooks()
{
    open({u"prod"_s});
    QCOMPARE(m_doctor->deadline, m_desk->clock().now() + 20s);
    QVERIFY(test::find<QListWidget>(*m_window, "Findings"));
    QVERIFY(heading().contains(u"Looked at 0 of 2…"_s));
    QCOMPARE(row(0), u"Keychain\nLooking…"_s);
    find(1, {});
    QVERIFY(heading().contains(u"Looked at 1 of 2…"_s));
    QCOMPARE(test::find<QProgressBar>(*m_window, "Progress")->value(), 1);
    QCOMPARE(row(1), u"prod\nNo problem"_s);
}

void TestDoctorWindow::whatIsWrongComesFirst()
{
    open({u"a"_s, u"b"_s, u"c"_s});
    find(0, {});
    find(2, {u"Check it."_s, u"Prüfen."_s});
    QCOMPARE(row(0), u"b\nPrüfen."_s);
    QCOMPARE(row(1), u"a\nLooking…"_s);
    QCOMPARE(row(3), u"Keychain\nNo problem"_s);
    find(3, {u"Worse."_s, u"Schlimmer."_s});
    find(1, {});
    finish();
    QVERIFY(heading().contains("2 problems were found"_L1));
    QCOMPARE(list()->currentRow(), 0);
    QCOMPARE(row(1), u"c\nSchlimmer."_s);
    QVERIFY(!test::find<QProgressBar>(*m_window, "Progress"));
}

QImage TestDoctorWindow::sign(int number) const
{
    return list()->item(number)->icon().pixmap(16, 16).toImage();
}

void TestDoctorWindow::isInTheOrderAndTheSignsOfTheList()
{
    open({u"site-10"_s, u"lapsed"_s, u"site-2"_s, u"out"_s, u"slow"_s});
    const Sentence problem{u"Do it."_s, u"Do it."_s};
    m_doctor->found[0].conclude({});
    const Mood::Value moods[] = {
        Mood::Ended, Mood::Lapsed, Mood::NeedsYou, Mood::SignedOut, Mood::SignedIn};
    for (int number = 0; number < 5; ++number)
        m_doctor->found[number + 1].conclude(number == 3 ? Sentence() : problem, moods[number]);
    Q_EMIT m_doctor->progressed();
    finish();
    const std::pair<QString, Mood::Value> expected[] = {{u"site-2"_s, Mood::NeedsYou},
        {u"site-10"_s, Mood::Ended}, {u"lapsed"_s, Mood::Lapsed}, {u"slow"_s, Mood::CannotRenew},
        {u"Keychain"_s, Mood::SignedIn}, {u"out"_s, Mood::SignedOut}};
    for (int at = 0; at < 6; ++at) {
        QCOMPARE(row(at).section(u'\n', 0, 0), expected[at].first);
        QCOMPARE(sign(at), moodIcon(expected[at].second).pixmap(16, 16).toImage());
    }
}

//! Some desktops take one for what activates.
void TestDoctorWindow::aSingleClickDoesNothing()
{
    m_desk->signedIn(u"prod"_s);
    open({u"prod"_s});
    find(1, {u"Look."_s, u"Look."_s});
    finish();
    const QSignalSpy asked(m_window.get(), &DoctorWindow::actionRequested);
    Q_EMIT list()->itemActivated(list()->item(0));
    QVERIFY(asked.isEmpty());
    const QRect place = list()->visualItemRect(list()->item(0));
    QVERIFY(place.height() > 2 * list()->fontMetrics().height()); // the name and the words
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place.center());
    QVERIFY(asked.isEmpty());
    QTest::mouseDClick(list()->viewport(), Qt::LeftButton, {}, place.center());
    QCOMPARE(asked.size(), 1);
}

void TestDoctorWindow::saysThatNothingIsWrong()
{
    open({});
    find(0, {});
    finish();
    QVERIFY(heading().contains("No problem was found"_L1));
    QVERIFY(!test::find<QPushButton>(*m_window, "Refresh now"));
}

void TestDoctorWindow::offersWhatLatchkeyCanDo()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    open({u"prod"_s});
    find(1, {u"Sign in."_s, u"Sign in."_s});
    finish();
    const QSignalSpy asked(m_window.get(), &DoctorWindow::actionRequested);
    QVERIFY(test::find<QPushButton>(*m_window, "Sign in"));
    press(*m_window, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    click<QPushButton>(*m_window, "Sign in");
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.last().at(0).toString(), u"prod"_s);
    QCOMPARE(asked.last().at(1).value<Action>(), Action::SignIn);
}

void TestDoctorWindow::offersNothingWhereItCannot()
{
    open({u"gone"_s});
    find(0, {u"Unlock it."_s, u"Unlock it."_s});
    finish();
    const QSignalSpy asked(m_window.get(), &DoctorWindow::actionRequested);
    press(*m_window, Qt::Key_Return);
    list()->setCurrentRow(1);
    press(*m_window, Qt::Key_Return);
    QVERIFY(asked.isEmpty());
}

//! Its address stands there.
void TestDoctorWindow::leadsToTheSession()
{
    m_desk->signedIn(u"prod"_s);
    open({u"prod"_s});
    finish();
    const QSignalSpy asked(m_window.get(), &DoctorWindow::sessionRequested);
    list()->setCurrentRow(0);
    QVERIFY(row(0).startsWith(u"Keychain"_s));
    QVERIFY(!test::find<QPushButton>(*m_window, "Show session"));
    list()->setCurrentRow(1);
    click<QPushButton>(*m_window, "Show session");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
}

void TestDoctorWindow::theOfferFollowsTheSession()
{
    m_desk->signedIn(u"prod"_s);
    open({u"prod"_s});
    find(1, {u"The certificate has changed."_s, u"The certificate has changed."_s});
    finish();
    QVERIFY(test::find<QPushButton>(*m_window, "Refresh now"));
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QVERIFY(test::find<QPushButton>(*m_window, "Look at certificate…"));
}

void TestDoctorWindow::escapeStopsItAndThenCloses()
{
    open({u"prod"_s});
    find(0, {});
    press(*m_window, Qt::Key_Escape);
    QVERIFY(!m_doctor);
    QVERIFY(m_window->isVisible());
    QVERIFY(heading().contains("Stopped: looked at 1 of 2"_L1));
    QCOMPARE(row(0), u"prod\nNot looked at"_s);
    press(*m_window, Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
}

void TestDoctorWindow::looksAgain()
{
    open({});
    click<QPushButton>(*m_window, "Stop");
    QVERIFY(!m_doctor);
    click<QPushButton>(*m_window, "Check again");
    QVERIFY(m_doctor);
    find(0, {});
    finish();
    QVERIFY(heading().contains("No problem was found"_L1));
}

void TestDoctorWindow::findingsCanBeCopied()
{
    open({});
    find(0,
        {u"Unlock /run/user/1000/keyring/control.sock"_s,
            u"Unlock /run/user/1000/keyring/control.sock"_s});
    finish();
    click<QPushButton>(*m_window, "Copy findings");
    QCOMPARE(QGuiApplication::clipboard()->text(),
        u"One problem was found\n\nKeychain\nUnlock /run/user/1000/keyring/control.sock"_s);
}

void TestDoctorWindow::remembersItsSize()
{
    open({});
    m_window->resize(611, 433);
    m_window.reset();
    open({});
    QCOMPARE(m_window->size(), QSize(611, 433));
}

QTEST_MAIN(TestDoctorWindow)
#include "tst_doctorwindow.moc"
