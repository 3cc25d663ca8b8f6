// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMargins>
#include <QString>
#include <QStringList>
#include <Qt>

namespace latchkey::ui {

//! For names that others choose, such as those of files. Every character that cannot be seen, or
//! changes how its neighbours are read, becomes its number, such as `\u202e`.
[[nodiscard]] QString escaped(const QString &text);

//! What a label or an entry of a menu says, without the sign that makes a letter its key; also
//! without a letter that stands there for that alone, as in "OK (&O)".
[[nodiscard]] QString withoutMnemonic(const QString &text);

//! With an ellipsis in its middle where it is longer than \a most characters.
[[nodiscard]] QString shortened(const QString &text, qsizetype most);

//! The parts of a list, such as "bash, konsole", with what separates them in the user's language.
[[nodiscard]] QString listed(const QStringList &parts);

//! Invisible breaks are put into long words, so that a line may end there.
[[nodiscard]] QString wrappable(const QString &text);
//! No line ends at a hyphen, in the midst of a name such as `prod-eu`, unless that is so long that
//! it would make a window wide.
[[nodiscard]] QString withWholeNames(const QString &text);
//! What these and fromReadingSide() were given, for where a text is copied.
[[nodiscard]] QString withoutBreaks(QString text);

//! For setToolTip(): shows the text as it is, without mark-up, in lines that fit on the screen.
[[nodiscard]] QString plainToolTip(const QString &text);

//! Where one begins to read in the language of the windows; also for a name, which by itself would
//! begin where its own letters do.
[[nodiscard]] Qt::Alignment readingSide();
//! The text in that direction, also if it begins with a foreign name. For a label.
[[nodiscard]] QString fromReadingSide(const QString &text);
//! Of a layout, from where one begins to read to where one ends: Qt turns round what is in a
//! layout, but not its margins.
[[nodiscard]] QMargins readingMargins(int begin, int top, int end, int bottom);

} // namespace latchkey::ui
