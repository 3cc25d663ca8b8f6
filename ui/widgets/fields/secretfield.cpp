// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/secretfield.h"

#include "widgets/fields/secretfieldaccess.h"
#include "widgets/icons.h"

#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QTextBoundaryFinder>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr QChar bullet = u'\u2022';
//! Takes the place of a bullet where the character itself is painted. One that does not break
//! words, so that the whole stays one word.
constexpr QChar blank = u'\u00a0';

//! Without control characters, such as line breaks: the text of many keys is one.
QString inOneLine(QStringView text)
{
    QString line;
    std::ranges::copy_if(text, std::back_inserter(line),
        [](QChar c) { return c.category() != QChar::Other_Control; });
    return line;
}

//! Splits a text as a person counts: a letter with its accents is one character.
QList<Secret> charactersOf(QStringView text)
{
    QList<Secret> characters;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    while (finder.toNextBoundary() > 0) {
        characters.append(Secret::fromString(text.sliced(begin, finder.position() - begin)));
        begin = finder.position();
    }
    return characters;
}

bool isTyping(const QKeyEvent &event)
{
    // AltGr is Ctrl and Alt together on some systems.
    const auto command = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier);
    return command != Qt::ControlModifier && !inOneLine(event.text()).isEmpty();
}

} // namespace

SecretField::SecretField(QWidget *parent)
    : QLineEdit(parent)
{
    QAccessible::installFactory(secretFieldAccess);
    // In this mode QLineEdit copies nothing, and moves and deletes as if all were one word.
    setEchoMode(QLineEdit::Password);
    // In a fixed font, 0 and O can be told apart, and all characters are as wide as their bullets.
    QFont fixed = font();
    fixed.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    setFont(fixed);
    connect(this, &QLineEdit::textChanged, this, &SecretField::onTextChanged);
}

Secret SecretField::secret() const
{
    QByteArray whole;
    for (const Secret &character : m_characters)
        whole.append(character.bytes());
    Secret secret = Secret::fromBytes(whole);
    wipe(whole);
    return secret;
}

void SecretField::put(QStringView text)
{
    if (isReadOnly())
        return;
    if (hasSelectedText())
        del();
    QString line = inOneLine(text);
    if (line.isEmpty())
        return;
    // The text may begin with an accent, which belongs to the character before it.
    const int before = std::min(cursorPosition(), 1);
    const int first = cursorPosition() - before;
    if (before)
        line.prepend(m_characters.takeAt(first).toString());
    const QList<Secret> characters = charactersOf(line);
    wipe(line);
    const qsizetype room = maxLength() - m_characters.size();
    const qsizetype count = std::min(characters.size(), room);
    for (qsizetype i = 0; i < count; ++i)
        m_characters.insert(first + i, characters.at(i));
    QLineEdit::insert(QString(count - before, bullet));
    update();
}

void SecretField::paste(QClipboard::Mode from)
{
    QString text = QGuiApplication::clipboard()->text(from);
    put(text);
    wipe(text);
}

//! QLineEdit deletes bullets by itself, one or many. The cursor then stands where they were, and as
//! many characters go from there.
void SecretField::onTextChanged()
{
    const qsizetype deleted = m_characters.size() - text().size();
    Q_ASSERT(deleted >= 0);
    m_characters.remove(cursorPosition(), deleted);
    fitSpacing();
}

void SecretField::setShown(bool isShown)
{
    if (m_show)
        m_show->setChecked(isShown);
    if (isShown == m_isShown)
        return;
    m_isShown = isShown;
    setStyleSheet(isShown ? u"lineedit-password-character: %1"_s.arg(blank.unicode()) : QString());
    fitSpacing();
    if (m_show)
        m_show->setIcon(buttonIcon(isShown ? u"hide"_s : u"show"_s));
}

void SecretField::offerToShow(const QString &label)
{
    m_show = addAction(buttonIcon(u"show"_s), QLineEdit::TrailingPosition);
    m_show->setText(label);
    m_show->setCheckable(true);
    // The Tab key does not lead to a button within a field.
    m_show->setShortcut(Qt::CTRL | Qt::Key_R);
    m_show->setShortcutContext(Qt::WidgetShortcut);
    m_show->setToolTip(
        u"%1 (%2)"_s.arg(label, m_show->shortcut().toString(QKeySequence::NativeText)));
    connect(m_show, &QAction::toggled, this, &SecretField::setShown);
}

void SecretField::setGap(qreal gap)
{
    m_gap = gap;
    fitSpacing();
}

QRectF SecretField::placeOf(qsizetype character) const
{
    const QString shown = displayText();
    const qreal width = shown.isEmpty()
        ? 0
        : QFontMetricsF(font()).horizontalAdvance(shown) / static_cast<qreal>(shown.size());
    const QRectF cursor = cursorRect();
    const auto distance = static_cast<qreal>(character - cursorPosition());
    return {cursor.center().x() + distance * width, cursor.top(), width,
        QFontMetricsF(font()).height()};
}

void SecretField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        const bool isSelection = event->key() == Qt::Key_Insert
            && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
        return paste(isSelection ? QClipboard::Selection : QClipboard::Clipboard);
    }
    if (isTyping(*event))
        return put(event->text());
    // Passed on without its text, so that QLineEdit cannot take it for typing after all.
    QKeyEvent command(event->type(), event->key(), event->modifiers());
    QLineEdit::keyPressEvent(&command);
    event->setAccepted(command.isAccepted());
}

//! Takes what is final, and does not show what is still being composed.
void SecretField::inputMethodEvent(QInputMethodEvent *event)
{
    if (event->replacementLength() > 0) {
        const int start = cursorPosition() + event->replacementStart();
        setSelection(
            std::clamp(start, 0, static_cast<int>(text().size())), event->replacementLength());
    }
    if (event->replacementLength() > 0 || !event->commitString().isEmpty())
        put(event->commitString());
}

void SecretField::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::MiddleButton)
        return QLineEdit::mouseReleaseEvent(event);
    deselect();
    if (QGuiApplication::clipboard()->supportsSelection())
        paste(QClipboard::Selection);
}

void SecretField::dropEvent(QDropEvent *event)
{
    setCursorPosition(cursorPositionAt(event->position().toPoint()));
    put(event->mimeData()->text());
    event->acceptProposedAction();
    QDragLeaveEvent gone;
    dragLeaveEvent(&gone);
}

void SecretField::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *pasting = menu->addAction(tr("&Paste"), this, [this] { paste(); });
    pasting->setEnabled(!QGuiApplication::clipboard()->text().isEmpty());
    menu->addAction(tr("&Delete"), this, &QLineEdit::del)->setEnabled(hasSelectedText());
    menu->addSeparator();
    menu->addAction(tr("Select &all"), this, &QLineEdit::selectAll)->setEnabled(!text().isEmpty());
    menu->addActions(actions());
    menu->popup(event->globalPos());
}

void SecretField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_isShown)
        return;
    QPainter painter(this);
    painter.setClipRect(textRect());
    const QFontMetricsF metrics(font());
    for (qsizetype i = 0; i < m_characters.size(); ++i) {
        const bool isSelected = i >= selectionStart() && i < selectionEnd();
        painter.setPen(palette().color(isSelected ? QPalette::HighlightedText : QPalette::Text));
        const QString character = m_characters.at(i).toString();
        const QRectF place = placeOf(i);
        const qreal margin = (place.width() - metrics.horizontalAdvance(character)) / 2;
        painter.drawText(QPointF(place.left() + margin, place.top() + metrics.ascent()), character);
    }
}

//! Makes all places as wide as the widest character, so that those that are shown fit.
void SecretField::fitSpacing()
{
    QFont spaced = font();
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, 0);
    qreal spacing = m_gap;
    if (m_isShown) {
        const QFontMetricsF metrics(spaced);
        qreal widest = metrics.horizontalAdvance(blank);
        for (const Secret &character : std::as_const(m_characters))
            widest = std::max(widest, metrics.horizontalAdvance(character.toString()));
        spacing += widest - metrics.horizontalAdvance(blank);
    }
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, spacing);
    if (spaced != font())
        setFont(spaced);
}

//! Where text may be painted: not on the frame, and not under the button.
QRect SecretField::textRect() const
{
    QStyleOptionFrame option;
    initStyleOption(&option);
    QRect rect = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    for (const QToolButton *button : findChildren<QToolButton *>())
        rect.setRight(std::min(rect.right(), button->x() - 1));
    return rect;
}

} // namespace latchkey::ui
