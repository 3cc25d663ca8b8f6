// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! The cost of any Qt program like Latchkey: a window, a network manager and a tray icon.

#include <QApplication>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QNetworkAccessManager>
#include <QPixmap>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QApplication program(argc, argv);
    const QNetworkAccessManager network;
    QMainWindow window;
    window.setWindowTitle(u"Bare window"_s);
    window.resize(760, 480);
    window.setCentralWidget(new QLabel(u"One line of text, as every window has."_s));

    QPixmap square(32, 32);
    square.fill(Qt::darkCyan);
    QMenu menu;
    menu.addAction(u"Quit"_s, qApp, &QApplication::quit);
    QSystemTrayIcon tray(square);
    tray.setContextMenu(&menu);
    tray.show();

    window.show();
    return QApplication::exec();
}
