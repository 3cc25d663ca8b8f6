// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/fingerprintview.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMimeData>
#include <QTextDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto ownFormat = "application/x-latchkey-fingerprint"_L1;

QMimeData *marked(const QString &text)
{
    auto *data = new QMimeData;
    data->setText(text);
    data->setData(ownFormat, "1");
    return data;
}

} // namespace

FingerprintView::FingerprintView(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setWordWrapMode(QTextOption::WrapAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    // Wide enough for 8 pairs and their colons, too narrow for a 9th pair.
    constexpr int lineLength = 8 * 3;
    const QFontMetricsF metrics(font());
    const double border = 2 * (frameWidth() + document()->documentMargin());
    setFixedWidth(static_cast<int>(
        std::ceil(metrics.horizontalAdvance(QString(lineLength, u'0')) + border + 2)));
    setFixedHeight(static_cast<int>(std::ceil(4 * metrics.lineSpacing() + border + 2)));
}

void FingerprintView::setFingerprint(const Fingerprint &fingerprint)
{
    if (const QString text = fingerprint.toText(); text != toPlainText())
        setPlainText(text);
}

void FingerprintView::copyWhole() const
{
    QGuiApplication::clipboard()->setMimeData(marked(toPlainText()));
}

bool FingerprintView::isOwnCopy(const QMimeData *copied)
{
    return copied && copied->hasFormat(ownFormat);
}

QMimeData *FingerprintView::createMimeDataFromSelection() const
{
    return marked(textCursor().selectedText());
}

} // namespace latchkey::ui
