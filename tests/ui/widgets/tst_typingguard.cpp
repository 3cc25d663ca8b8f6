// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/typingguard.h"

#include "ui/uifixture.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestTypingGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void dropsWhatIsTyped();
    void dropsWhatIsTypedIntoItsDialogs();
    void leavesOtherWindowsAlone();
    void endsOnceNothingIsTyped();
    void endsWithAClick();

private:
    void type();

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_field = nullptr;
    int m_pressed = 0;
};

void TestTypingGuard::init()
{
    failOnUiWarning();
    m_pressed = 0;
    m_window = std::make_unique<QWidget>();
    m_field = new QLineEdit;
    (new QHBoxLayout(m_window.get()))->addWidget(m_field);
    const auto count = [this] {
        ++m_pressed;
    };
    connect(m_field, &QLineEdit::returnPressed, this, count);
    connect(new QShortcut(Qt::Key_F5, m_window.get()), &QShortcut::activated, this, count);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_field->setFocus();
}

void TestTypingGuard::type()
{
    QWindow *window = m_window->windowHandle();
    QTest::keyClick(window, Qt::Key_A);
    QTest::keyClick(window, Qt::Key_Return);
    QTest::keyClick(window, Qt::Key_F5);
}

void TestTypingGuard::dropsWhatIsTyped()
{
    new TypingGuard(m_window.get());
    type();
    QCOMPARE(m_field->text(), QString());
    QCOMPARE(m_pressed, 0);
}

void TestTypingGuard::dropsWhatIsTypedIntoItsDialogs()
{
    QDialog dialog(m_window.get());
    QLineEdit field(&dialog);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    field.setFocus();
    const TypingGuard guard(m_window.get());
    QTest::keyClick(dialog.windowHandle(), Qt::Key_A);
    QCOMPARE(field.text(), QString());
}

void TestTypingGuard::leavesOtherWindowsAlone()
{
    QWidget other;
    new TypingGuard(&other);
    type();
    QCOMPARE(m_field->text(), u"a"_s);
    QCOMPARE(m_pressed, 2);
}

void TestTypingGuard::endsOnceNothingIsTyped()
{
    const QPointer<TypingGuard> guard(new TypingGuard(m_window.get()));
    QTest::qWait(TypingGuard::quiet.count() / 2);
    type();
    QTest::qWait(TypingGuard::quiet.count() * 3 / 4);
    QVERIFY(guard);
    QTRY_VERIFY(!guard);
    type();
    QCOMPARE(m_field->text(), u"a"_s);
    QCOMPARE(m_pressed, 2);
}

void TestTypingGuard::endsWithAClick()
{
    new TypingGuard(m_window.get());
    QTest::mouseClick(m_field, Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    type();
    QCOMPARE(m_field->text(), u"a"_s);
    QCOMPARE(m_pressed, 2);
}

QTEST_MAIN(TestTypingGuard)
#include "tst_typingguard.moc"
