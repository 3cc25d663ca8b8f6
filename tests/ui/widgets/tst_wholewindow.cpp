// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/wholewindow.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestWholeWindow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void hasRoomForItsTextsAtAnyWidth();
    void growsWithItsText();
};

namespace {

QLabel *addText(QWidget &window, int words)
{
    auto *label = new QLabel(u"A word "_s.repeated(words));
    label->setWordWrap(true);
    (new QVBoxLayout(&window))->addWidget(label);
    return label;
}

} // namespace

void TestWholeWindow::hasRoomForItsTextsAtAnyWidth()
{
    QWidget window;
    const QLabel *label = addText(window, 40);
    new WholeWindow(&window);
    window.show();
    for (const int width : {600, 300, 200}) {
        window.resize(width, 1);
        QTRY_COMPARE(window.width(), width);
        QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
    }
}

void TestWholeWindow::growsWithItsText()
{
    QWidget window;
    QLabel *label = addText(window, 2);
    new WholeWindow(&window);
    window.resize(200, 1);
    window.show();
    label->setText(u"A word "_s.repeated(40));
    QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
}

QTEST_MAIN(TestWholeWindow)
#include "tst_wholewindow.moc"
