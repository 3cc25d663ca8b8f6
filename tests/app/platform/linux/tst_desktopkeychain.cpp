// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/linux/desktopkeychain.h"

#include <QTest>

using namespace latchkey;

namespace {

void setDesktop(const QByteArray &name, const QByteArray &version = {})
{
    qputenv("XDG_CURRENT_DESKTOP", name);
    qputenv("KDE_SESSION_VERSION", version);
}

} // namespace

class TestDesktopKeychain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDesktopTellsWhichIsPreferred_data();
    void theDesktopTellsWhichIsPreferred();
};

void TestDesktopKeychain::theDesktopTellsWhichIsPreferred_data()
{
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isKWallet");
    using Bytes = QByteArray;
    QTest::newRow("GNOME") << Bytes("GNOME") << Bytes("gnome") << Bytes() << false;
    QTest::newRow("none") << Bytes() << Bytes() << Bytes() << false;
    QTest::newRow("KDE") << Bytes("KDE") << Bytes("plasma") << Bytes("5") << true;
    QTest::newRow("KDE by its session") << Bytes() << Bytes("kde") << Bytes("5") << true;
    QTest::newRow("old KDE") << Bytes("KDE") << Bytes() << Bytes("3") << false;
    QTest::newRow("XFCE beside") << Bytes() << Bytes("xfce") << Bytes("5") << false;
    QTest::newRow("GNOME in a KDE shell") << Bytes("GNOME") << Bytes("kde") << Bytes("5") << false;
}

void TestDesktopKeychain::theDesktopTellsWhichIsPreferred()
{
    QFETCH(const QByteArray, current);
    QFETCH(const QByteArray, session);
    QFETCH(const QByteArray, version);
    QFETCH(const bool, isKWallet);
    setDesktop(current, version);
    qputenv("DESKTOP_SESSION", session);
    QCOMPARE(preferredKeychain() == Keychain::KWallet, isKWallet);
    qputenv("DESKTOP_SESSION", "");
}

QTEST_GUILESS_MAIN(TestDesktopKeychain)
#include "tst_desktopkeychain.moc"
