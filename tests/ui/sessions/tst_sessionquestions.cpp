// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionquestions.h"

#include "ui/uifixture.h"

#include <QMessageBox>
#include <QPushButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSessionQuestions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void signsOutOnlyWhenAskedTwice();
    void removesOnlyWhenAskedTwice();
    void warnsOfWhatCannotBeUndone();
    void blocksItsWindowAloneAndNoEventLoop();
    void survivesThatTheSessionIsGone();

private:
    [[nodiscard]] QMessageBox *question() const { return m_window->findChild<QMessageBox *>(); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<QWidget> m_window;
};

void TestSessionQuestions::init()
{
    failOnUiWarning();
    m_window = std::make_unique<QWidget>();
    m_desk = std::make_unique<UiFixture>();
    m_desk->signedIn(u"prod"_s);
    m_window->show();
}

void TestSessionQuestions::signsOutOnlyWhenAskedTwice()
{
    askToSignOut(m_desk->sessions(), u"prod"_s, m_window.get());
    press(*question(), Qt::Key_Return);
    QTRY_VERIFY(!question());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Active);
    askToSignOut(m_desk->sessions(), u"prod"_s, m_window.get());
    QVERIFY(question()->informativeText().contains(u"Scripts"_s));
    click<QPushButton>(*question(), "Sign out");
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SignedOut);
}

void TestSessionQuestions::removesOnlyWhenAskedTwice()
{
    askToRemove(m_desk->sessions(), u"prod"_s, m_window.get());
    press(*question(), Qt::Key_Return);
    QTRY_VERIFY(!question());
    QCOMPARE(m_desk->sessions().rowCount(), 1);
    askToRemove(m_desk->sessions(), u"prod"_s, m_window.get());
    click<QPushButton>(*question(), "Remove session");
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

void TestSessionQuestions::warnsOfWhatCannotBeUndone()
{
    askToSignOut(m_desk->sessions(), u"prod"_s, m_window.get());
    const QImage harmless = question()->iconPixmap().toImage();
    QVERIFY(!question()->informativeText().contains(u"undone"_s));
    press(*question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    askToRemove(m_desk->sessions(), u"prod"_s, m_window.get());
    QCOMPARE(question()->text(), u"Remove the session prod?"_s);
    QVERIFY(question()->informativeText().startsWith(u"This cannot be undone."_s));
    QVERIFY(question()->iconPixmap().toImage() != harmless);
}

void TestSessionQuestions::blocksItsWindowAloneAndNoEventLoop()
{
    askToSignOut(m_desk->sessions(), u"prod"_s, m_window.get());
    QCOMPARE(question()->windowModality(), Qt::WindowModal);
    QVERIFY(question()->isVisible());
}

void TestSessionQuestions::survivesThatTheSessionIsGone()
{
    askToSignOut(m_desk->sessions(), u"prod"_s, m_window.get());
    m_desk->sessions().forget(u"prod"_s);
    click<QPushButton>(*question(), "Sign out");
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

QTEST_MAIN(TestSessionQuestions)
#include "tst_sessionquestions.moc"
