// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/secretfield.h"

#include "ui/uifixture.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

using Keys = QList<QKeyCombination>;

namespace {

const QString password = u"Kräh p+a ss"_s;

void send(QWidget &field, const QString &text)
{
    QKeyEvent press(QEvent::KeyPress, Qt::Key_unknown, {}, text);
    QCoreApplication::sendEvent(&field, &press);
}

void typeAll(QWidget &field, const QString &text)
{
    for (const QChar c : text)
        send(field, c);
}

QMenu *menuOf(QWidget &field)
{
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support grabbing the keyboard");
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(&field, &asked);
    return field.findChild<QMenu *>();
}

QImage pictureOf(const QString &text, bool isShown)
{
    SecretField field;
    field.resize(field.sizeHint());
    field.setShown(isShown);
    field.put(text);
    return field.grab().toImage();
}

} // namespace

class TestSecretField : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_field.reset(); }

    void holdsBulletsOnly_data();
    void holdsBulletsOnly();
    void isEditedLikeAnyOther_data();
    void isEditedLikeAnyOther();
    void takesACharacterAsAPersonCounts_data();
    void takesACharacterAsAPersonCounts();
    void anAccentJoinsTheCharacterBeforeIt();
    void leavesLineBreaksOut();
    void takesNoMoreThanItsLength();
    void takesNoCommandForText();
    void replacesWhatAnInputMethodTakesBack();
    void cannotBeCopied();
    void menuPastesAndDoesNotCopy();
    void isAPasswordFieldToAssistiveTools();
    void assistiveToolsEditIt();
    void paintsCharactersOnlyWhileShown();
    void paintsEachInItsPlace();
    void makesRoomForWideOnes();
    void offersToShow();
    void leavesRoomBetweenCharacters();

private:
    [[nodiscard]] QString typed() const { return m_field->secret().toString(); }
    [[nodiscard]] QAccessibleInterface *accessible() const
    {
        return QAccessible::queryAccessibleInterface(m_field.get());
    }

    std::unique_ptr<SecretField> m_field;
};

void TestSecretField::init()
{
    failOnUiWarning();
    QGuiApplication::clipboard()->clear();
    m_field = std::make_unique<SecretField>();
}

void TestSecretField::holdsBulletsOnly_data()
{
    QTest::addColumn<std::function<void(SecretField &)>>("enter");
    const auto row = [](const char *name, const std::function<void(SecretField &)> &enter) {
        QTest::newRow(name) << enter;
    };
    row("typed", [](SecretField &field) { typeAll(field, password); });
    row("pasted", [](SecretField &field) {
        QGuiApplication::clipboard()->setText(password);
        QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    });
    row("composed", [](SecretField &field) {
        QInputMethodEvent composing(password, {});
        QCoreApplication::sendEvent(&field, &composing);
        QInputMethodEvent composed;
        composed.setCommitString(password);
        QCoreApplication::sendEvent(&field, &composed);
    });
    row("dropped", [](SecretField &field) {
        QMimeData data;
        data.setText(password);
        QDropEvent drop({}, Qt::CopyAction, &data, Qt::LeftButton, {});
        field.event(&drop); // QApplication lets one through from a drag only
    });
    row("filled in by a tool", [](SecretField &field) {
        QAccessible::queryAccessibleInterface(&field)->setText(QAccessible::Value, password);
    });
}

//! Whatever a QLineEdit holds is told to assistive tools.
void TestSecretField::holdsBulletsOnly()
{
    QFETCH(const std::function<void(SecretField &)>, enter);
    connect(m_field.get(), &QLineEdit::textChanged, this,
        [](const QString &text) { QCOMPARE(text.count(u'\u2022'), text.size()); });
    enter(*m_field);
    QCOMPARE(typed(), password);
    QCOMPARE(m_field->text(), QString(password.size(), u'\u2022'));
    m_field->setShown(true);
    QTest::keyClick(m_field.get(), Qt::Key_Backspace);
    m_field->clear();
    enter(*m_field);
    QCOMPARE(typed(), password);
    m_field->clear();
    QVERIFY(m_field->secret().isEmpty());
    QVERIFY(m_field->text().isEmpty());
}

void TestSecretField::isEditedLikeAnyOther_data()
{
    QTest::addColumn<Keys>("keys");
    QTest::newRow("typed") << Keys{};
    QTest::newRow("Backspace") << Keys{Qt::Key_Backspace};
    QTest::newRow("Delete at the end") << Keys{Qt::Key_Delete};
    QTest::newRow("Backspace within") << Keys{Qt::Key_Left, Qt::Key_Left, Qt::Key_Backspace};
    QTest::newRow("Delete within") << Keys{Qt::Key_Home, Qt::Key_Right, Qt::Key_Delete};
    QTest::newRow("Backspace at the start") << Keys{Qt::Key_Home, Qt::Key_Backspace};
    QTest::newRow("one replaced") << Keys{Qt::Key_Left, Qt::SHIFT | Qt::Key_Left};
    QTest::newRow("two replaced") << Keys{Qt::SHIFT | Qt::Key_Left, Qt::SHIFT | Qt::Key_Left};
    QTest::newRow("selected backwards, deleted")
        << Keys{Qt::SHIFT | Qt::Key_Left, Qt::SHIFT | Qt::Key_Left, Qt::Key_Delete};
    QTest::newRow("selected forwards, deleted")
        << Keys{Qt::Key_Home, Qt::SHIFT | Qt::Key_Right, Qt::Key_Backspace};
    QTest::newRow("to the start") << Keys{Qt::Key_Left, Qt::SHIFT | Qt::Key_Home};
    QTest::newRow("all") << Keys{Qt::CTRL | Qt::Key_A};
    QTest::newRow("word back") << Keys{Qt::Key_Left, Qt::CTRL | Qt::Key_Left};
    QTest::newRow("select word back") << Keys{Qt::Key_Left, Qt::CTRL | Qt::SHIFT | Qt::Key_Left};
    QTest::newRow("delete word back") << Keys{Qt::Key_Left, Qt::CTRL | Qt::Key_Backspace};
    QTest::newRow("delete word") << Keys{Qt::Key_Home, Qt::Key_Right, Qt::CTRL | Qt::Key_Delete};
    QTest::newRow("delete to the end") << Keys{Qt::Key_Left, Qt::Key_Left, Qt::CTRL | Qt::Key_K};
    QTest::newRow("delete the line") << Keys{Qt::Key_Left, Qt::CTRL | Qt::Key_U};
    QTest::newRow("cut") << Keys{Qt::SHIFT | Qt::Key_Left, Qt::CTRL | Qt::Key_X};
    QTest::newRow("copy") << Keys{Qt::SHIFT | Qt::Key_Left, Qt::CTRL | Qt::Key_C};
    QTest::newRow("undo") << Keys{Qt::CTRL | Qt::Key_Z};
    QTest::newRow("undo a deletion") << Keys{Qt::Key_Backspace, Qt::CTRL | Qt::Key_Z};
    QTest::newRow("redo") << Keys{
        Qt::Key_Backspace, Qt::CTRL | Qt::Key_Z, Qt::CTRL | Qt::SHIFT | Qt::Key_Z};
}

void TestSecretField::isEditedLikeAnyOther()
{
    QFETCH(const Keys, keys);
    QLineEdit line;
    line.setEchoMode(QLineEdit::Password);
    SecretField shown;
    shown.setShown(true);
    for (QLineEdit *each :
        {&line, static_cast<QLineEdit *>(m_field.get()), static_cast<QLineEdit *>(&shown)}) {
        typeAll(*each, password);
        for (const QKeyCombination &key : keys)
            QTest::keyClick(each, key.key(), key.keyboardModifiers());
        typeAll(*each, u"ü7"_s);
    }
    QCOMPARE(typed(), line.text());
    QCOMPARE(m_field->cursorPosition(), line.cursorPosition());
    QCOMPARE(shown.secret().toString(), line.text());
    QCOMPARE(shown.cursorPosition(), line.cursorPosition());
}

void TestSecretField::takesACharacterAsAPersonCounts_data()
{
    QTest::addColumn<QString>("character");
    QTest::newRow("letter") << u"a"_s;
    QTest::newRow("accent of its own") << u"e\u0301"_s;
    QTest::newRow("surrogates") << u"𝒳"_s;
    QTest::newRow("joined") << u"👩‍👧"_s;
    QTest::newRow("flag") << u"🇸🇮"_s;
}

void TestSecretField::takesACharacterAsAPersonCounts()
{
    QFETCH(const QString, character);
    m_field->put(u"x"_s + character + u"y"_s);
    QCOMPARE(typed(), u"x"_s + character + u"y"_s);
    QCOMPARE(m_field->text().size(), 3);
    QTest::keyClick(m_field.get(), Qt::Key_Left);
    QTest::keyClick(m_field.get(), Qt::Key_Backspace);
    QCOMPARE(typed(), u"xy"_s);
}

void TestSecretField::anAccentJoinsTheCharacterBeforeIt()
{
    typeAll(*m_field, u"eA"_s);
    QTest::keyClick(m_field.get(), Qt::Key_Left);
    send(*m_field, u"\u0301"_s);
    QCOMPARE(typed(), u"e\u0301A"_s);
    QCOMPARE(m_field->text().size(), 2);
    send(*m_field, u"7"_s);
    QCOMPARE(typed(), u"e\u03017A"_s);
}

void TestSecretField::leavesLineBreaksOut()
{
    m_field->put(u"one\r\ntwo\n"_s);
    QCOMPARE(typed(), u"onetwo"_s);
}

void TestSecretField::takesNoMoreThanItsLength()
{
    m_field->setMaxLength(3);
    m_field->put(u"abcd"_s);
    send(*m_field, u"e"_s);
    QCOMPARE(typed(), u"abc"_s);
    QCOMPARE(m_field->text().size(), 3);
    m_field->setSelection(0, 2);
    m_field->put(u"xyz"_s);
    QCOMPARE(typed(), u"xyc"_s);
}

void TestSecretField::takesNoCommandForText()
{
    for (const auto modifiers :
        {Qt::KeyboardModifiers(Qt::ControlModifier), Qt::ControlModifier | Qt::ShiftModifier}) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_G, modifiers, u"g"_s);
        QCoreApplication::sendEvent(m_field.get(), &press);
    }
    for (const auto key : {Qt::Key_Escape, Qt::Key_Return, Qt::Key_F5})
        QTest::keyClick(m_field.get(), key);
    QVERIFY(m_field->secret().isEmpty());
    QVERIFY(m_field->text().isEmpty());
    QKeyEvent altGr(QEvent::KeyPress, Qt::Key_Q, Qt::ControlModifier | Qt::AltModifier, u"@"_s);
    QCoreApplication::sendEvent(m_field.get(), &altGr);
    QCOMPARE(typed(), u"@"_s);
}

void TestSecretField::replacesWhatAnInputMethodTakesBack()
{
    m_field->put(u"abc"_s);
    QInputMethodEvent composed;
    composed.setCommitString(u"ö"_s, -2, 1);
    QCoreApplication::sendEvent(m_field.get(), &composed);
    QCOMPARE(typed(), u"aöc"_s);
}

void TestSecretField::cannotBeCopied()
{
    QGuiApplication::clipboard()->setText(u"mine"_s);
    m_field->put(password);
    m_field->setShown(true);
    m_field->selectAll();
    QTest::keyClick(m_field.get(), Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(m_field.get(), Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"mine"_s);
}

void TestSecretField::menuPastesAndDoesNotCopy()
{
    QGuiApplication::clipboard()->setText(password);
    const QMenu *menu = menuOf(*m_field);
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts.append(action->text().remove(u'&'));
    QCOMPARE(texts, QStringList({u"Paste"_s, u"Delete"_s, QString(), u"Select all"_s}));
    menu->actions().constFirst()->trigger();
    QCOMPARE(typed(), password);
}

void TestSecretField::isAPasswordFieldToAssistiveTools()
{
    m_field->setAccessibleName(u"Password"_s);
    m_field->put(u"abc"_s);
    m_field->setShown(true);
    QCOMPARE(accessible()->role(), QAccessible::EditableText);
    QVERIFY(accessible()->state().passwordEdit);
    QVERIFY(accessible()->state().editable);
    QCOMPARE(accessible()->text(QAccessible::Name), u"Password"_s);
    QCOMPARE(accessible()->text(QAccessible::Value), u"•••"_s);
    const auto *text = accessible()->textInterface();
    QCOMPARE(text->text(0, text->characterCount()), u"•••"_s);
    QCOMPARE(text->cursorPosition(), 3);
    m_field->setSelection(1, 2);
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    QCOMPARE(start, 1);
    QCOMPARE(end, 3);
    QCOMPARE(text->offsetAtPoint(text->characterRect(1).center() - QPoint(2, 0)), 1);
}

void TestSecretField::assistiveToolsEditIt()
{
    auto *editable = accessible()->editableTextInterface();
    editable->insertText(0, u"abc"_s);
    editable->insertText(1, u"x"_s);
    QCOMPARE(typed(), u"axbc"_s);
    editable->deleteText(1, 3);
    QCOMPARE(typed(), u"ac"_s);
    editable->replaceText(1, 9, u"z"_s);
    QCOMPARE(typed(), u"az"_s);
    editable->replaceText(0, 2, {});
    QVERIFY(m_field->secret().isEmpty());
    m_field->setReadOnly(true);
    editable->insertText(0, u"abc"_s);
    QVERIFY(m_field->secret().isEmpty());
}

void TestSecretField::paintsCharactersOnlyWhileShown()
{
    QCOMPARE(pictureOf(u"abcd"_s, false), pictureOf(u"wxyz"_s, false));
    QVERIFY(pictureOf(u"abcd"_s, true) != pictureOf(u"wxyz"_s, true));
    QVERIFY(pictureOf(u"    "_s, true) != pictureOf(u"    "_s, false)); // no bullets
    m_field->resize(m_field->sizeHint());
    m_field->put(u"abcd"_s);
    const QImage before = m_field->grab().toImage();
    m_field->setShown(true);
    m_field->setShown(false);
    QCOMPARE(m_field->grab().toImage(), before);
}

void TestSecretField::paintsEachInItsPlace()
{
    const QImage with = pictureOf(u"aWa"_s, true);
    const QImage without = pictureOf(u"a a"_s, true);
    m_field->resize(m_field->sizeHint());
    m_field->setShown(true);
    m_field->put(u"aWa"_s);
    static_cast<void>(m_field->grab());
    const QRect place = m_field->placeOf(1).toAlignedRect();
    int painted = 0;
    for (int x = 0; x < with.width(); ++x) {
        for (int y = 0; y < with.height(); ++y) {
            if (with.pixel(x, y) == without.pixel(x, y))
                continue;
            ++painted;
            QVERIFY(place.contains(x, y));
        }
    }
    QVERIFY(painted > 0);
    const int y = place.center().y();
    QCOMPARE(m_field->cursorPositionAt({place.left() + place.width() / 4, y}), 1);
    QCOMPARE(m_field->cursorPositionAt({place.right() - place.width() / 4, y}), 2);
}

void TestSecretField::makesRoomForWideOnes()
{
    const QFontMetricsF metrics(m_field->font());
    const QString wide = u"👨‍👩‍👧‍👦"_s;
    QVERIFY(metrics.horizontalAdvance(wide) > metrics.horizontalAdvance(u'a') + 2);
    m_field->setShown(true);
    m_field->put(u"a"_s + wide);
    QVERIFY(m_field->placeOf(0).width() > metrics.horizontalAdvance(wide) - 1);
    QTest::keyClick(m_field.get(), Qt::Key_Backspace);
    QVERIFY(m_field->placeOf(0).width() < metrics.horizontalAdvance(u'a') + 1);
}

void TestSecretField::offersToShow()
{
    m_field->offerToShow(u"Show password"_s);
    auto *button = find<QToolButton>(*m_field, "Show password");
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_field->isShown());
    m_field->setShown(false);
    QVERIFY(!button->isChecked());
    menuOf(*m_field)->actions().constLast()->trigger();
    QVERIFY(m_field->isShown());
}

void TestSecretField::leavesRoomBetweenCharacters()
{
    for (const bool isShown : {false, true}) {
        SecretField field;
        field.put(u"123456");
        field.setShown(isShown);
        const qreal before = field.placeOf(0).width();
        field.setGap(10);
        QCOMPARE(field.placeOf(0).width(), before + 10);
    }
}

QTEST_MAIN(TestSecretField)
#include "tst_secretfield.moc"
