// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/secretfieldaccess.h"

#include "widgets/fields/secretfield.h"

#include <QAccessibleWidget>

#include <algorithm>

namespace latchkey::ui {

namespace {

class SecretFieldAccess final : public QAccessibleWidget,
                                public QAccessibleTextInterface,
                                public QAccessibleEditableTextInterface {
public:
    explicit SecretFieldAccess(SecretField *field)
        : QAccessibleWidget(field, QAccessible::EditableText)
        , m_field(field)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        if (type == QAccessible::EditableTextInterface)
            return static_cast<QAccessibleEditableTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.passwordEdit = true;
        state.selectableText = true;
        state.readOnly = m_field->isReadOnly();
        state.editable = !state.readOnly;
        return state;
    }

    [[nodiscard]] QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value ? m_field->text() : QAccessibleWidget::text(what);
    }
    void setText(QAccessible::Text what, const QString &text) override
    {
        if (what == QAccessible::Value)
            return replaceText(0, characterCount(), text);
        QAccessibleWidget::setText(what, text);
    }

    // To read

    [[nodiscard]] QString text(int start, int end) const override
    {
        return m_field->text().mid(start, end - start);
    }
    [[nodiscard]] int characterCount() const override
    {
        return static_cast<int>(m_field->text().size());
    }
    [[nodiscard]] QRect characterRect(int offset) const override
    {
        const QRect place = m_field->placeOf(offset).toAlignedRect();
        return {m_field->mapToGlobal(place.topLeft()), place.size()};
    }
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override
    {
        return m_field->cursorPositionAt(m_field->mapFromGlobal(point));
    }
    [[nodiscard]] QString attributes(int offset, int *start, int *end) const override
    {
        *start = *end = offset;
        return {};
    }

    // To move about

    [[nodiscard]] int cursorPosition() const override { return m_field->cursorPosition(); }
    void setCursorPosition(int position) override { m_field->setCursorPosition(position); }
    void scrollToSubstring(int start, int) override { setCursorPosition(start); }
    [[nodiscard]] int selectionCount() const override { return m_field->hasSelectedText() ? 1 : 0; }
    void selection(int, int *start, int *end) const override
    {
        *start = std::max(m_field->selectionStart(), 0);
        *end = std::max(m_field->selectionEnd(), 0);
    }
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int) override { m_field->deselect(); }
    void setSelection(int, int start, int end) override
    {
        start = std::clamp(start, 0, characterCount());
        m_field->setSelection(start, std::clamp(end, start, characterCount()) - start);
    }

    // To edit

    void deleteText(int start, int end) override { replaceText(start, end, {}); }
    void insertText(int offset, const QString &text) override { replaceText(offset, offset, text); }
    void replaceText(int start, int end, const QString &text) override
    {
        setSelection(0, start, end);
        m_field->put(text);
    }

private:
    SecretField *m_field;
};

} // namespace

QAccessibleInterface *secretFieldAccess(const QString &, QObject *object)
{
    auto *field = qobject_cast<SecretField *>(object);
    return field ? new SecretFieldAccess(field) : nullptr;
}

} // namespace latchkey::ui
