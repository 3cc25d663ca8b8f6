// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/splitbutton.h"

#include "widgets/menubutton.h"

#include "ui/uifixture.h"

#include <QMenu>
#include <QSignalSpy>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSplitButton : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_split.reset(); }

    void isTwoToAKeyboard();
    void isAPlainButtonWithoutAMenu();
    void isWelded_data();
    void isWelded();

private:
    [[nodiscard]] MenuButton *opener() const
    {
        return find<MenuButton>(*m_split, "Copy in another form");
    }

    QMenu m_menu;
    std::unique_ptr<SplitButton> m_split;
};

void TestSplitButton::init()
{
    failOnUiWarning();
    m_split = std::make_unique<SplitButton>(
        QIcon(), u"&Copy token"_s, u"Copy in another form"_s, u"As a command"_s);
    m_split->setPopup(&m_menu);
    if (m_menu.isEmpty())
        m_menu.addAction(u"As header"_s);
}

void TestSplitButton::isTwoToAKeyboard()
{
    const QSignalSpy clicked(m_split->button(), &QPushButton::clicked);
    m_split->show();
    QVERIFY(QTest::qWaitForWindowActive(m_split.get()));
    m_split->button()->setFocus();
    press(*m_split, Qt::Key_Space);
    QCOMPARE(clicked.count(), 1);
    press(*m_split, Qt::Key_Tab);
    QVERIFY(opener()->hasFocus());
    press(*m_split, Qt::Key_Space);
    QVERIFY(m_menu.isVisible());
    m_menu.close();
    QCOMPARE(clicked.count(), 1);
}

void TestSplitButton::isAPlainButtonWithoutAMenu()
{
    m_split->setPopup(nullptr);
    QVERIFY(!opener());
    m_split->button()->setFixedSize(120, 30);
    QPushButton plain(u"&Copy token"_s);
    plain.setAutoDefault(true);
    plain.setFixedSize(120, 30);
    QCOMPARE(m_split->grab().toImage(), plain.grab().toImage());
}

void TestSplitButton::isWelded_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

//! The edges go on from one half to the other, and the corners are round at the outer ends alone.
void TestSplitButton::isWelded()
{
    QFETCH(const Qt::LayoutDirection, direction);
    m_split->setLayoutDirection(direction);
    m_split->resize(m_split->sizeHint());
    const QImage whole = m_split->grab().toImage();
    const QWidget *right = direction == Qt::LeftToRight ? opener() : m_split->button();
    const int joint = right->geometry().left();
    QVERIFY(joint > 0);
    const QRgb edge = whole.pixel(joint - 6, 0);
    for (int x = joint - 5; x < joint + 5; ++x) {
        QCOMPARE(whole.pixel(x, 0), edge);
        QCOMPARE(whole.pixel(x, whole.height() - 1), whole.pixel(joint - 6, whole.height() - 1));
    }
    QVERIFY(whole.pixel(0, 0) != edge);
    QVERIFY(whole.pixel(whole.width() - 1, 0) != edge);
}

QTEST_MAIN(TestSplitButton)
#include "tst_splitbutton.moc"
