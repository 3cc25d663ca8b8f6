// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/programspage.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QStyleHints>
#include <QTreeWidget>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestProgramsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void saysThatThereIsNothing();
    void listsWhatIsAllowedAndBlocked();
    void revokesTheChosenOne();
    void aDoubleClickDoesNotUnblock();
    void norDoesAThirdQuickClick();
    void unblocksTheChosenOne();
    void anHourGoesWhenItIsOver();
    void keepsWhatIsChosen();
    void choosesNothingInPlaceOfWhatOthersTookAway();

private:
    void allow(const Program &program, Decision decision, const QString &session = u"prod"_s);
    [[nodiscard]] Consent &consent() { return m_desk->handOuts().consent; }
    [[nodiscard]] QTreeWidget *list() const { return find<QTreeWidget>(*m_page, "Programs"); }
    [[nodiscard]] QStringList row(int at) const;

    std::unique_ptr<UiFixture> m_desk;
    FakeConsentPrompt m_prompt;
    std::unique_ptr<ProgramsPage> m_page;
};

void TestProgramsPage::init()
{
    failOnUiWarning();
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY(ctl.exists() || ctl.open(QIODevice::WriteOnly));
    m_desk = std::make_unique<UiFixture>();
    consent().setPrompt(&m_prompt);
    m_page = std::make_unique<ProgramsPage>(consent(), m_desk->clock().clock());
    m_page->show();
}

void TestProgramsPage::cleanup()
{
    m_page.reset();
    m_desk.reset();
}

void TestProgramsPage::allow(const Program &program, Decision decision, const QString &session)
{
    DeadlineQueue deadlines(m_desk->clock().clock());
    QObject caller;
    consent().ask(session, program, new ConsentCall(deadlines, deadlines.now() + 1min, &caller));
    Q_EMIT m_prompt.decided(decision);
}

QStringList TestProgramsPage::row(int at) const
{
    QStringList cells;
    for (int column = 0; column < list()->columnCount(); ++column)
        cells.append(list()->topLevelItem(at)->text(column));
    return cells;
}

void TestProgramsPage::saysThatThereIsNothing()
{
    QVERIFY(words<QLabel>(*m_page).contains(
        u"No program is allowed for longer than once, and none is blocked."_s));
    QVERIFY(!find<QTreeWidget>(*m_page, "Programs"));
    QVERIFY(!find<QPushButton>(*m_page, "Revoke"));
}

void TestProgramsPage::listsWhatIsAllowedAndBlocked()
{
    allow(aProgram(), Decision::Always);
    allow(ourCommandLine(u"/usr/bin/dash"_s), Decision::UntilLock);
    allow(aProgram(u"/usr/bin/wget"_s), Decision::OneHour);
    QVERIFY(consent().block(u"/usr/bin/nc"_s));
    QCOMPARE(list()->topLevelItemCount(), 4);
    QCOMPARE(list()->headerItem()->text(2), u"Access"_s); // fits what is blocked, too
    QCOMPARE(row(0), QStringList({u"curl"_s, u"prod"_s, u"Always"_s}));
    QCOMPARE(row(1),
        QStringList({u"dash and all its scripts, through latchkeyctl"_s, u"prod"_s,
            u"Until the screen locks"_s}));
    QVERIFY(row(2)[2].startsWith(u"Until "_s));
    QCOMPARE(row(3), QStringList({u"nc"_s, u"All"_s, u"Blocked"_s}));
    QVERIFY(list()->topLevelItem(0)->toolTip(0).contains(u"/usr/bin/curl"_s));
}

void TestProgramsPage::revokesTheChosenOne()
{
    allow(aProgram(), Decision::Always);
    allow(aProgram(), Decision::Always, u"test"_s);
    list()->setCurrentItem(list()->topLevelItem(1));
    click<QPushButton>(*m_page, "Revoke");
    QCOMPARE(list()->topLevelItemCount(), 1);
    QVERIFY(consent().isGiven(u"prod"_s, aProgram()));
    QVERIFY(!consent().isGiven(u"test"_s, aProgram()));
    click<QPushButton>(*m_page, "Revoke");
    QVERIFY(!consent().isGiven(u"prod"_s, aProgram()));
    QVERIFY(!find<QTreeWidget>(*m_page, "Programs"));
}

//! The button may mean another thing by the second click.
void TestProgramsPage::aDoubleClickDoesNotUnblock()
{
    allow(aProgram(), Decision::Always);
    QVERIFY(consent().block(u"/usr/bin/nc"_s));
    const auto *button = find<QPushButton>(*m_page, "Revoke");
    QTest::mouseDClick(m_page->windowHandle(), Qt::LeftButton, {}, button->geometry().center());
    QVERIFY(!consent().isGiven(u"prod"_s, aProgram()));
    QCOMPARE(consent().blocked(), QStringList(u"/usr/bin/nc"_s));
    QVERIFY(find<QPushButton>(*m_page, "Unblock"));
}

//! Which comes as an ordinary press.
void TestProgramsPage::norDoesAThirdQuickClick()
{
    allow(aProgram(), Decision::Always);
    QVERIFY(consent().block(u"/usr/bin/nc"_s));
    auto *button = find<QPushButton>(*m_page, "Revoke");
    const auto clickAt = [&](quint64 time) {
        for (const QEvent::Type type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, button->rect().center(), button->mapToGlobal(QPoint(1, 1)),
                Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
            event.setTimestamp(time);
            QCoreApplication::sendEvent(button, &event);
        }
    };
    const quint64 interval = QGuiApplication::styleHints()->mouseDoubleClickInterval();
    clickAt(10'000);
    QVERIFY(!consent().isGiven(u"prod"_s, aProgram()));
    clickAt(10'000 + interval - 1);
    clickAt(10'000 + interval * 2 - 2);
    QCOMPARE(consent().blocked(), QStringList(u"/usr/bin/nc"_s));
    clickAt(10'000 + interval * 3);
    QVERIFY(consent().blocked().isEmpty());
}

void TestProgramsPage::unblocksTheChosenOne()
{
    QVERIFY(consent().block(u"/usr/bin/curl"_s));
    click<QPushButton>(*m_page, "Unblock");
    QVERIFY(consent().blocked().isEmpty());
}

void TestProgramsPage::anHourGoesWhenItIsOver()
{
    allow(aProgram(), Decision::OneHour);
    QCOMPARE(list()->topLevelItemCount(), 1);
    m_desk->advance(1h);
    QVERIFY(!find<QTreeWidget>(*m_page, "Programs"));
}

void TestProgramsPage::keepsWhatIsChosen()
{
    allow(aProgram(), Decision::OneHour);
    allow(aProgram(u"/usr/bin/wget"_s), Decision::Always);
    list()->setCurrentItem(list()->topLevelItem(1));
    m_desk->advance(1h);
    QCOMPARE(list()->currentItem()->text(0), u"wget"_s);
    allow(aProgram(), Decision::Always);
    QCOMPARE(list()->currentItem()->text(0), u"wget"_s);
}

//! Else the button would mean another program by the time that it is pressed.
void TestProgramsPage::choosesNothingInPlaceOfWhatOthersTookAway()
{
    allow(aProgram(), Decision::Always);
    allow(aProgram(u"/usr/bin/wget"_s), Decision::Always);
    QVERIFY(consent().block(u"/usr/bin/nc"_s));
    list()->setCurrentItem(list()->topLevelItem(1));
    QCOMPARE(consent().revoke(u"/usr/bin/wget"_s), 1);
    QVERIFY(!list()->currentItem());
    QVERIFY(!find<QPushButton>(*m_page, "Unblock"));
    QVERIFY(!find<QPushButton>(*m_page, "Revoke")->isEnabled());
    list()->setCurrentItem(list()->topLevelItem(0));
    QVERIFY(consent().block(u"/usr/bin/curl"_s));
    QVERIFY(!list()->currentItem());
}

QTEST_MAIN(TestProgramsPage)
#include "tst_programspage.moc"
