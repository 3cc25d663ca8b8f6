// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionpanel.h"

#include "sessions/troublebanner.h"
#include "sessions/validitytimeline.h"
#include "widgets/fields/valuefield.h"
#include "widgets/menubutton.h"

#include "ui/uifixture.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QToolButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void tellsHowWhoAndWhere();
    void headsWithTheName();
    void hasAllValuesOnOneGrid();
    void beginsAtOneEdgeFromTheRightAsWell();
    void saysThatProgramsGetNothingWhereThereIsNothing();
    void hasOnePrimaryButtonForEachState();
    void keepsAGoodTokenInReachWhenSomethingIsWanted();
    void offersMore();
    void signsOutOnlyWhereSomebodyIsSignedIn();
    void offersOtherWaysToCopyOnceThereAreSome();
    void refreshes();
    void looksAtTheAppliance();
    void foldsItsSections();
    void bringsIntoSightWhatHasTheKeyboard();
    void tellsTheKindByItsIdOnceItsFileIsGone();

private:
    void show(const QString &name);
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return find<QPushButton>(*m_panel, name);
    }
    [[nodiscard]] QString primary() const;

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<SessionPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_asked;
};

void TestSessionPanel::init()
{
    failOnUiWarning();
    qRegisterMetaType<Action>();
    m_desk = std::make_unique<UiFixture>();
    m_panel = std::make_unique<SessionPanel>(shippedKinds());
    m_asked = std::make_unique<QSignalSpy>(m_panel.get(), &SessionPanel::actionRequested);
}

void TestSessionPanel::cleanup()
{
    m_asked.reset();
    m_panel.reset();
}

void TestSessionPanel::show(const QString &name)
{
    m_panel->setView(SessionView(m_desk->session(name).snapshot()));
}

//! The names of the default buttons that are shown.
QString TestSessionPanel::primary() const
{
    QStringList names;
    const auto buttons = m_panel->findChildren<QPushButton *>();
    for (const QPushButton *one : buttons) {
        if (one->isDefault() && one->isVisibleTo(m_panel.get()))
            names.append(one->text().remove(u'&'));
    }
    return names.join(u',');
}

void TestSessionPanel::tellsHowWhoAndWhere()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    const QStringList told = words<QLabel>(*m_panel).split(u'\n');
    QVERIFY(told.contains(u"Signed in"_s));
    QVERIFY(told.contains(u"prod"_s));
    QVERIFY(told.contains(u"PortalOperator · operator at prod.example.com"_s));
}

void TestSessionPanel::headsWithTheName()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    const auto labels = m_panel->findChildren<QLabel *>();
    const auto larger = [](const QLabel *one, const QLabel *other) {
        return one->fontMetrics().height() < other->fontMetrics().height();
    };
    QCOMPARE((*std::ranges::max_element(labels, larger))->text(), u"prod"_s);
}

void TestSessionPanel::hasAllValuesOnOneGrid()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    m_panel->setOpenSections({u"access"_s, u"connection"_s, u"details"_s});
    ApplianceReport report;
    report.isReachable = true;
    report.tls = TlsConnection{u"TLSv1.3"_s, aCertificate(), TlsConnection::Trust::Pinned};
    report.clockOffset = 0s;
    m_panel->setReport(report);
    m_panel->resize(600, 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    const auto placeOf = [this](const QWidget *field) {
        return field->mapTo(m_panel.get(), QPoint()).x();
    };
    const int place = placeOf(m_panel->findChild<QComboBox *>());
    for (const char *name : {"TLS", "Clock", "Pin"})
        QCOMPARE(placeOf(find<QPlainTextEdit>(*m_panel, name)), place);
    for (const char *name : {"Issued by", "State", "Appliance clock", "Kind"})
        QCOMPARE(placeOf(find<QLineEdit>(*m_panel, name)), place);
}

void TestSessionPanel::beginsAtOneEdgeFromTheRightAsWell()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const auto back = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    m_panel = std::make_unique<SessionPanel>(shippedKinds());
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    m_panel->setOpenSections({u"connection"_s});
    m_panel->resize(600, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    const auto edgeOf = [this](const QWidget *widget) {
        return widget->mapTo(m_panel.get(), widget->rect().topRight()).x();
    };
    QCOMPARE(edgeOf(m_panel->findChild<ValidityTimeline *>()), edgeOf(m_panel.get()));
    // So that the role is on the right of the user, too.
    const auto hasMark = [](const QLabel *label) {
        return label->text().contains(u"PortalOperator\u200f · operator at"_s);
    };
    QVERIFY(std::ranges::any_of(m_panel->findChildren<QLabel *>(), hasMark));
    const auto labels = m_panel->findChildren<QLabel *>();
    const auto tls =
        std::ranges::find_if(labels, [](const QLabel *label) { return label->text() == "TLS"_L1; });
    QVERIFY(tls != labels.end());
    QVERIFY((*tls)->alignment().testFlags(Qt::AlignRight | Qt::AlignAbsolute));
}

void TestSessionPanel::saysThatProgramsGetNothingWhereThereIsNothing()
{
    const auto isTold = [this] {
        show(u"prod"_s);
        return words<QLabel>(*m_panel).contains(u"There is no token to give now."_s);
    };
    Session &session = m_desk->signIn(u"prod"_s);
    QVERIFY(isTold());
    session.setPolicy(HandOutPolicy::Never);
    QVERIFY(!isTold());
    session.setPolicy(HandOutPolicy::Allow);
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!isTold());
    m_desk->advance(2h);
    QVERIFY(isTold());
}

void TestSessionPanel::hasOnePrimaryButtonForEachState()
{
    Session &session = m_desk->signIn(u"prod"_s);
    show(u"prod"_s);
    QCOMPARE(primary(), u"Sign in"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    show(u"prod"_s);
    QCOMPARE(primary(), u"Look at certificate"_s);
    click<QPushButton>(*m_panel, "Look at certificate");
    QCOMPARE(m_asked->last()[0].value<Action>(), Action::DecideTrust);
    session.signIn(secret("password"), false);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    show(u"prod"_s);
    QCOMPARE(primary(), u"Enter code"_s);
    QVERIFY(!button("Enter code")->icon().isNull());
    session.submitCode(secret("123456"));
    m_desk->grant(u"prod"_s, 1);
    show(u"prod"_s);
    QCOMPARE(primary(), u"Copy token"_s);
    QVERIFY(!button("Sign in"));
    session.signOut();
    show(u"prod"_s);
    QCOMPARE(primary(), u"Sign in"_s);
    QVERIFY(!button("Copy token"));
    QVERIFY(!button("Refresh now"));
}

void TestSessionPanel::keepsAGoodTokenInReachWhenSomethingIsWanted()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    show(u"prod"_s);
    QCOMPARE(primary(), u"Look at certificate"_s);
    QVERIFY(button("Copy token")->isEnabled());
}

void TestSessionPanel::offersMore()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    const QList<QAction *> actions = find<MenuButton>(*m_panel, "More")->popup()->actions();
    QStringList texts;
    for (QAction *action : actions) {
        if (!action->isSeparator())
            texts.append(action->text().remove(u'&'));
        action->trigger();
    }
    QCOMPARE(texts, (QStringList{u"Rename…"_s, u"Sign out"_s, u"Doctor…"_s, u"Remove…"_s}));
    QCOMPARE(m_asked->count(), 4);
    QCOMPARE(m_asked->at(0)[0].value<Action>(), Action::Rename);
    QCOMPARE(m_asked->at(1)[0].value<Action>(), Action::SignOut);
    QCOMPARE(m_asked->at(2)[0].value<Action>(), Action::Examine);
    QCOMPARE(m_asked->at(3)[0].value<Action>(), Action::Remove);
}

void TestSessionPanel::signsOutOnlyWhereSomebodyIsSignedIn()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    const QAction *signOut = find<MenuButton>(*m_panel, "More")->popup()->actions().at(1);
    QVERIFY(signOut->isEnabled());
    m_desk->session(u"prod"_s).signOut();
    show(u"prod"_s);
    QVERIFY(!signOut->isEnabled());
}

void TestSessionPanel::offersOtherWaysToCopyOnceThereAreSome()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    QVERIFY(!find<MenuButton>(*m_panel, "Copy in another form"));
    QMenu menu;
    m_panel->setCopyMenu(&menu);
    show(u"prod"_s);
    QCOMPARE(find<MenuButton>(*m_panel, "Copy in another form")->popup(), &menu);
    m_desk->session(u"prod"_s).signOut();
    show(u"prod"_s);
    QVERIFY(!find<MenuButton>(*m_panel, "Copy in another form"));
}

void TestSessionPanel::refreshes()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    show(u"prod"_s);
    const auto *banner = m_panel->findChild<TroubleBanner *>();
    QCOMPARE(button("Refresh now")->parentWidget(), banner); // and nowhere else
    click<QPushButton>(*banner, "Refresh now");
    m_desk->advance(std::chrono::hours(2)); // which makes it the first thing to do
    show(u"prod"_s);
    QVERIFY(!find<QPushButton>(*banner, "Refresh now"));
    QCOMPARE(primary(), u"Refresh now"_s);
    click<QPushButton>(*m_panel, "Refresh now");
    QCOMPARE(m_asked->count(), 2);
    for (const QList<QVariant> &asked : *m_asked)
        QCOMPARE(asked[0].value<Action>(), Action::RefreshNow);
}

void TestSessionPanel::looksAtTheAppliance()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    m_panel->setOpenSections({u"connection"_s});
    click<QPushButton>(*m_panel, "Check now");
    QCOMPARE(m_asked->last()[0].value<Action>(), Action::CheckNow);
    ApplianceReport report;
    report.isReachable = true;
    m_panel->setReport(report);
    QVERIFY(words<QLabel>(*m_panel).contains(u"The appliance answered"_s));
}

void TestSessionPanel::foldsItsSections()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    QCOMPARE(m_panel->openSections(), QStringList({u"access"_s}));
    const QSignalSpy changed(m_panel.get(), &SessionPanel::openSectionsChanged);
    QVERIFY(!find<ValueField>(*m_panel, "State"));
    click<QToolButton>(*m_panel, "Details");
    QVERIFY(find<ValueField>(*m_panel, "State"));
    QVERIFY(!button("Check now"));
    click<QToolButton>(*m_panel, "Connection");
    QVERIFY(button("Check now"));
    click<QToolButton>(*m_panel, "Access by programs");
    QVERIFY(!m_panel->findChild<QComboBox *>()->isVisibleTo(m_panel.get()));
    QCOMPARE(m_panel->openSections(), QStringList({u"connection"_s, u"details"_s}));
    QCOMPARE(changed.count(), 3);
}

void TestSessionPanel::bringsIntoSightWhatHasTheKeyboard()
{
    m_desk->signedIn(u"prod"_s);
    show(u"prod"_s);
    m_panel->resize(600, 200);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    auto *programs = m_panel->findChild<QComboBox *>();
    QVERIFY(programs->visibleRegion().isEmpty());
    press(*m_panel, Qt::Key_P, Qt::AltModifier);
    QVERIFY(programs->hasFocus());
    QTRY_COMPARE(programs->visibleRegion().boundingRect(), programs->rect());
}

void TestSessionPanel::tellsTheKindByItsIdOnceItsFileIsGone()
{
    KindFile file;
    Account account = anAccount();
    account.kind = u"nimbus"_s;
    QVERIFY(m_desk->sessions().signIn(account, secret("password")));
    SessionPanel panel(*file.kinds);
    panel.setOpenSections({u"details"_s});
    panel.setView(SessionView(m_desk->session(u"prod"_s).snapshot()));
    const auto *kind = find<ValueField>(panel, "Kind");
    QCOMPARE(kind->text(), u"Nimbus"_s);
    file.remove();
    QTRY_COMPARE(kind->text(), u"nimbus"_s);
}

QTEST_MAIN(TestSessionPanel)
#include "tst_sessionpanel.moc"
