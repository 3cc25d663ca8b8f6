// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/renamedialog.h"

#include "ui/uifixture.h"
#include "widgets/noticelabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestRenameDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void cautionsBeforeAnythingIsTyped();
    void givesTheNewName();
    void whatCannotBeANameIsSaidAtTheField();
    void cancelChangesNothing();
    void closesWhenTheNameIsNoMore_data();
    void closesWhenTheNameIsNoMore();

private:
    [[nodiscard]] QLineEdit *field() { return find<QLineEdit>(*m_dialog, "Name"); }
    void press(const char *button) { find<QPushButton>(*m_dialog, button)->click(); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<RenameDialog> m_dialog;
};

void TestRenameDialog::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"test"_s);
    m_dialog = std::make_unique<RenameDialog>(m_desk->sessions(), u"prod"_s);
    m_dialog->open();
}

void TestRenameDialog::cleanup()
{
    m_dialog.reset();
    m_desk.reset();
}

void TestRenameDialog::cautionsBeforeAnythingIsTyped()
{
    const auto *caution = m_dialog->findChild<NoticeLabel *>();
    QVERIFY(caution && caution->isVisible());
    QCOMPARE(caution->text(), u"Scripts that use the name prod no longer get a token."_s);
}

void TestRenameDialog::givesTheNewName()
{
    QCOMPARE(field()->selectedText(), u"prod"_s);
    field()->setText(u"prod-eu"_s);
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(m_desk->sessions().find(u"prod-eu"_s));
    QVERIFY(!m_desk->sessions().find(u"prod"_s));
    QVERIFY(!m_dialog->isVisible());
}

void TestRenameDialog::whatCannotBeANameIsSaidAtTheField()
{
    field()->setText(u"test"_s);
    const int height = m_dialog->height();
    press("Rename");
    QVERIFY(m_dialog->isVisible());
    QVERIFY(m_dialog->height() > height); // there is room for the sentence
    QVERIFY(field()->accessibleDescription().contains("Choose another name"_L1));
    field()->setText(u"a b"_s);
    QVERIFY(field()->accessibleDescription().isEmpty());
    press("Rename");
    QVERIFY(field()->accessibleDescription().contains("without spaces"_L1));
}

void TestRenameDialog::cancelChangesNothing()
{
    field()->setText(u"prod-eu"_s);
    press("Cancel");
    QVERIFY(m_desk->sessions().find(u"prod"_s));
    QVERIFY(!m_dialog->isVisible());
}

void TestRenameDialog::closesWhenTheNameIsNoMore_data()
{
    QTest::addColumn<bool>("isRenamed");
    QTest::newRow("renamed") << true;
    QTest::newRow("forgotten") << false;
}

void TestRenameDialog::closesWhenTheNameIsNoMore()
{
    QFETCH(const bool, isRenamed);
    m_desk->sessions().forget(u"test"_s);
    QVERIFY(m_dialog->isVisible());
    if (isRenamed)
        QVERIFY(!m_desk->sessions().rename(m_desk->session(u"prod"_s), u"prod-eu"_s));
    else
        m_desk->sessions().forget(u"prod"_s);
    QVERIFY(!m_dialog->isVisible());
}

QTEST_MAIN(TestRenameDialog)
#include "tst_renamedialog.moc"
