// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/language.h"
#include "support/pseudotongue.h"
#include "ui/gallery/drawing.h"
#include "ui/gallery/windows.h"
#include "ui/gallery/words.h"
#include "ui/uifixture.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitterHandle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QToolButton>

#include <optional>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

//! The largest that a window may need.
constexpr QSize most(960, 540);

bool isCut(const QLabel &label)
{
    if (label.text().isEmpty())
        return false;
    const QSize needed = label.wordWrap()
        ? QSize(label.minimumSizeHint().width(), label.heightForWidth(label.width()))
        : label.sizeHint();
    return needed.width() > label.width() || needed.height() > label.height();
}

bool isCut(const QComboBox &box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room =
        box.style()
            ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box)
            .width();
    return box.fontMetrics().horizontalAdvance(box.currentText()) > room;
}

bool isCut(const QLineEdit &edit)
{
    return edit.text().isEmpty()
        && edit.fontMetrics().horizontalAdvance(edit.placeholderText()) > edit.width();
}

bool isCut(const QHeaderView &header)
{
    for (int section = 0; section < header.count(); ++section) {
        if (!header.isSectionHidden(section)
            && header.sectionSizeHint(section) > header.sectionSize(section))
            return true;
    }
    return false;
}

//! Of those that show a text in one line.
bool isTooSmall(const QWidget &widget)
{
    const bool isLine =
        qobject_cast<const QAbstractButton *>(&widget) || qobject_cast<const QTabBar *>(&widget);
    if (qobject_cast<const QLineEdit *>(widget.parentWidget()))
        return false;
    const QSize needed = widget.sizeHint();
    return isLine && (needed.width() > widget.width() || needed.height() > widget.height());
}

//! What scrolls may be larger than what it is seen through, and Qt's own widgets arrange their
//! parts by themselves.
bool mayReachOut(const QWidget &parent)
{
    return parent.objectName() == "qt_scrollarea_viewport"_L1
        || qobject_cast<const QAbstractScrollArea *>(&parent)
        || qobject_cast<const QAbstractSpinBox *>(&parent)
        || qobject_cast<const QLineEdit *>(&parent) || qobject_cast<const QComboBox *>(&parent)
        || qobject_cast<const QMenuBar *>(&parent);
}

//! From right to left, a splitter of Qt 6.4 is off by a pixel.
bool reachesOut(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    const QRect room = parent->rect().adjusted(-1, 0, 1, 0);
    return !qobject_cast<const QSplitterHandle *>(&widget) && !mayReachOut(*parent)
        && !widget.size().isEmpty() && !room.contains(widget.geometry());
}

template<typename Widget> bool isCutAs(const QWidget &widget)
{
    const auto *cast = qobject_cast<const Widget *>(&widget);
    return cast && isCut(*cast);
}

QStringList cutIn(QWidget &window)
{
    QStringList found;
    for (const QWidget *widget : shownIn(window)) {
        const bool isShort = isCutAs<QLabel>(*widget) || isCutAs<QComboBox>(*widget)
            || isCutAs<QLineEdit>(*widget) || isCutAs<QHeaderView>(*widget);
        if (isShort || isTooSmall(*widget) || reachesOut(*widget))
            found.append(u"%1 is cut at %2x%3"_s.arg(described(*widget))
                    .arg(window.width())
                    .arg(window.height()));
    }
    return found;
}

//! Texts that are drawn with an ellipsis that they were not given.
QStringList elidedIn(QWidget &window)
{
    QStringList found;
    const QString given = textsOf(window).join(u'\n').remove(u'&');
    for (const auto &text : Drawing::of(window).texts) {
        if (text.words.contains(u'…') && !given.contains(text.words))
            found.append(u"\"%1\" is cut at %2"_s.arg(text.words).arg(window.width()));
    }
    return found;
}

QStringList cutAtAnySize(QWidget &window)
{
    QStringList found = cutIn(window);
    const QSize usual = window.size();
    window.resize(0, 0); // which is bounded by its minimum
    settle();
    if (window.size() != window.size().boundedTo(most))
        found.append(u"needs %1x%2"_s.arg(window.width()).arg(window.height()));
    found.append(cutIn(window));
    window.resize(usual); // in which the gallery may show it in another state
    settle();
    return found;
}

} // namespace

class TestRoom final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void nothingIsCut_data();
    void nothingIsCut();
};

void TestRoom::nothingIsCut_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("longer") << u"pseudo"_s;
    QTest::newRow("longer, right to left") << u"pseudo-rtl"_s;
    for (const QString &language : Language::known())
        QTest::newRow(qPrintable(language)) << language;
}

void TestRoom::nothingIsCut()
{
    QFETCH(const QString, language);
    const Language chosen({language});
    std::optional<PseudoTongue> tongue;
    if (language.startsWith("pseudo"_L1))
        tongue.emplace();
    const bool isReversed = language == "pseudo-rtl"_L1 || language == "he"_L1;
    QGuiApplication::setLayoutDirection(isReversed ? Qt::RightToLeft : Qt::LeftToRight);
    expectNone(findingsOf([&](QWidget &window) {
        // No language is as long as these, in which a part of an address may be left out.
        const QStringList elided = tongue ? QStringList() : elidedIn(window);
        return elided + cutAtAnySize(window);
    }));
}

QTEST_MAIN(TestRoom)
#include "tst_room.moc"
