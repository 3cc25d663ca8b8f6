// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "about/aboutwindow.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestAboutWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsVersionAndLicences();
    void leadsToAReport();
};

void TestAboutWindow::tellsVersionAndLicences()
{
    AboutWindow window;
    window.show();
    QCOMPARE(window.windowTitle(), u"About Latchkey"_s);
    const QString text = words<QLabel>(window);
    QVERIFY(text.contains(QStringLiteral("Latchkey " LATCHKEY_VERSION)));
    QVERIFY(text.contains("Apache License 2.0"_L1));
    const auto *table = find<QTableWidget>(window, "Made of");
    QVERIFY(table);
    const auto keychain = table->findItems(u"QtKeychain"_s, Qt::MatchExactly);
    QCOMPARE(keychain.size(), 1);
    QCOMPARE(table->item(keychain.first()->row(), 1)->text(), u"BSD-3-Clause"_s);
}

void TestAboutWindow::leadsToAReport()
{
    AboutWindow window;
    window.show();
    const QSignalSpy wanted(&window, &AboutWindow::reportRequested);
    click<QPushButton>(window, "Report a problem…");
    QCOMPARE(wanted.size(), 1);
    press(window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

QTEST_MAIN(TestAboutWindow)
#include "tst_aboutwindow.moc"
