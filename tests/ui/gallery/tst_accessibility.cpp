// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/gallery/windows.h"
#include "ui/uifixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRadioButton>

#include <set>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

bool isPartOfAnother(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QComboBox *>(parent)
        || qobject_cast<const QAbstractSpinBox *>(parent)
        || qobject_cast<const QAbstractItemView *>(parent);
}

//! All that a person can do something with, or that keys lead to.
QList<QWidget *> controlsIn(const QWidget &window)
{
    QList<QWidget *> controls = shownIn(window);
    controls.removeIf([](const QWidget *widget) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget)
            || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QAbstractSpinBox *>(widget)
            || qobject_cast<const QPlainTextEdit *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget);
        const bool isStop = (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy();
        return (!isControl && !isStop) || isPartOfAnother(*widget);
    });
    return controls;
}

//! A combo box is called what is chosen in it; what for is said by its label.
QString nameOf(const QWidget &control)
{
    if (!qobject_cast<const QComboBox *>(&control))
        return accessible(&control, QAccessible::Name).trimmed();
    const auto labels = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&control))
                            ->relations(QAccessible::Label);
    return labels.isEmpty() ? QString() : labels.first().first->text(QAccessible::Name);
}

bool hasRole(const QWidget &control)
{
    static const QList<QAccessible::Role> roles{QAccessible::PushButton, QAccessible::ButtonMenu,
        QAccessible::ButtonDropDown, QAccessible::CheckBox, QAccessible::RadioButton,
        QAccessible::EditableText, QAccessible::ComboBox, QAccessible::SpinBox, QAccessible::Slider,
        QAccessible::List, QAccessible::Tree, QAccessible::Table, QAccessible::PageTabList,
        QAccessible::Link, QAccessible::MenuBar};
    QAccessibleInterface *interface =
        QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&control));
    return roles.contains(interface->role());
}

//! A description that repeats the name is heard twice; a trouble that is only seen is not heard.
bool isDescribed(const QWidget &control)
{
    const QString description = accessible(&control, QAccessible::Description);
    return description.isEmpty() || description != accessible(&control, QAccessible::Name);
}

QStringList namelessIn(QWidget &window)
{
    QStringList found;
    std::set<std::pair<QString, QString>> known;
    if (window.windowTitle().isEmpty() && !qobject_cast<QMenu *>(&window))
        found.append(u"no title"_s);
    for (const QWidget *control : controlsIn(window)) {
        const QString name = nameOf(*control);
        if (name.isEmpty())
            found.append(u"no name: "_s + described(*control));
        if (!hasRole(*control))
            found.append(u"no role: "_s + described(*control));
        if (!isDescribed(*control))
            found.append(u"described by its name: "_s + described(*control));
        if (!known.emplace(QLatin1StringView(control->metaObject()->className()), name).second)
            found.append(u"two of one name: "_s + described(*control));
    }
    for (const QMenu *menu : menusOf(window)) {
        for (const QAction *action : menu->actions()) {
            if (!action->isSeparator() && action->text().isEmpty())
                found.append(u"an entry without a text"_s);
        }
    }
    return found;
}

QStringList rowsWithoutAName(QWidget &window)
{
    QStringList found;
    for (const QAbstractItemView *view : shownIn<QAbstractItemView>(window)) {
        const QAccessibleInterface *interface =
            QAccessible::queryAccessibleInterface(const_cast<QAbstractItemView *>(view));
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const QModelIndex index = view->model()->index(row, 0);
            if (index.data(Qt::AccessibleTextRole).toString().isEmpty()
                && index.data(Qt::DisplayRole).toString().isEmpty())
                found.append(u"row %1 of %2"_s.arg(row).arg(interface->text(QAccessible::Name)));
        }
    }
    return found;
}

//! Where the Tab key stops, from the first to the last.
QList<QWidget *> stopsIn(QWidget &window)
{
    constexpr int most = 100;
    QList<QWidget *> stops;
    if (qobject_cast<QMenu *>(&window))
        return stops;
    for (int count = 0; count < most; ++count) {
        QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, Qt::Key_Tab);
        QWidget *stop = window.focusWidget();
        if (!stop || stops.contains(stop))
            break;
        stops.append(stop);
    }
    return stops;
}

//! The others of an exclusive group are reached by arrows.
bool isReachedByArrows(const QWidget &control, const QList<QWidget *> &stops)
{
    const auto *radio = qobject_cast<const QRadioButton *>(&control);
    return radio && std::ranges::any_of(stops, [&](const QWidget *stop) {
        return qobject_cast<const QRadioButton *>(stop)
            && stop->parentWidget() == control.parentWidget();
    });
}

bool isReadOnly(const QWidget &widget)
{
    const auto *line = qobject_cast<const QLineEdit *>(&widget);
    const auto *text = qobject_cast<const QPlainTextEdit *>(&widget);
    return (line && line->isReadOnly()) || (text && text->isReadOnly());
}

QStringList outOfReachIn(QWidget &window)
{
    if (qobject_cast<QMenu *>(&window))
        return {};
    QStringList found;
    const QList<QWidget *> stops = stopsIn(window);
    for (const QWidget *control : controlsIn(window)) {
        const bool isReached = stops.contains(control) || isReachedByArrows(*control, stops);
        if (!isReached && control->isEnabled() && !isReadOnly(*control))
            found.append(u"no key leads to "_s + described(*control));
    }
    return found;
}

//! One value of those that stand together may be a stop, so that the arrows lead on from there.
QStringList deadIn(QWidget &window)
{
    QStringList found;
    std::set<const QWidget *> places;
    for (const QWidget *stop : stopsIn(window)) {
        const bool isAlive = controlsIn(window).contains(stop) && hasRole(*stop);
        if (!isAlive)
            found.append(u"nothing to be done at "_s + described(*stop));
        else if (isReadOnly(*stop) && !places.insert(stop->parentWidget()).second)
            found.append(u"one more value to stop at: "_s + described(*stop));
    }
    return found;
}

QRect placeOf(const QWidget &widget, const QWidget &window)
{
    return {widget.mapTo(&window, QPoint()), widget.size()};
}

//! As one reads: never up within a column, never back within a line.
bool isBackwards(const QRect &from, const QRect &to, bool isRightToLeft)
{
    const bool isAbove = to.bottom() <= from.top();
    const bool isBesideInLine = to.top() < from.bottom() && from.top() < to.bottom();
    const bool isBefore = isRightToLeft ? to.left() >= from.right() : to.right() <= from.left();
    const bool isInColumn = to.left() < from.right() && from.left() < to.right();
    return (isAbove && (isInColumn || isBefore)) || (isBesideInLine && isBefore);
}

//! Going round, the Tab key leads back once: from the last to the first.
QStringList outOfOrderIn(QWidget &window)
{
    QStringList found;
    const QList<QWidget *> stops = stopsIn(window);
    for (qsizetype i = 0; i < stops.size(); ++i) {
        const QWidget &stop = *stops[i];
        const QWidget &next = *stops[(i + 1) % stops.size()];
        if (isBackwards(placeOf(stop, window), placeOf(next, window), window.isRightToLeft()))
            found.append(u"%1 after %2"_s.arg(described(next), described(stop)));
    }
    if (found.size() <= 1)
        found.clear();
    return found;
}

} // namespace

class TestAccessibility final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void holdsInEveryWindow_data();
    void holdsInEveryWindow();
};

void TestAccessibility::holdsInEveryWindow_data()
{
    QTest::addColumn<Search>("search");
    QTest::newRow("all controls have a name, a role and no second one like them")
        << Search(namelessIn);
    QTest::newRow("all rows have a name") << Search(rowsWithoutAName);
    QTest::newRow("keys lead to all controls") << Search(outOfReachIn);
    QTest::newRow("keys stop nowhere in vain") << Search(deadIn);
    QTest::newRow("keys lead on as one reads") << Search(outOfOrderIn);
}

void TestAccessibility::holdsInEveryWindow()
{
    QFETCH(const Search, search);
    expectNone(findingsOf(search));
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
