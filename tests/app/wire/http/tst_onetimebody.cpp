// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/onetimebody.h"

#include "support/warnings.h"

#include <QTest>

#include <memory>

using namespace latchkey;
using namespace latchkey::test;

class TestOneTimeBody final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void isReadOnce();
    void isReadInPieces();
    void emptyBodyIsAtItsEnd();
    void cannotBeRewound();
    void takesNothing();
    void holdsACopyOfItsOwn();
};

void TestOneTimeBody::isReadOnce()
{
    OneTimeBody body("a=b&c=d");
    QVERIFY(body.isSequential());
    QVERIFY(!body.atEnd());
    QCOMPARE(body.bytesAvailable(), 7);
    QCOMPARE(body.readAll(), QByteArray("a=b&c=d"));
    QVERIFY(body.atEnd());
    QCOMPARE(body.bytesAvailable(), 0);
    QCOMPARE(body.readAll(), QByteArray());
}

void TestOneTimeBody::isReadInPieces()
{
    OneTimeBody body("abcdef");
    QCOMPARE(body.read(4), QByteArray("abcd"));
    QCOMPARE(body.bytesAvailable(), 2);
    QVERIFY(!body.atEnd());
    QCOMPARE(body.read(4), QByteArray("ef"));
    QVERIFY(body.atEnd());
}

void TestOneTimeBody::emptyBodyIsAtItsEnd()
{
    OneTimeBody body({});
    QVERIFY(body.atEnd());
    QCOMPARE(body.readAll(), QByteArray());
}

void TestOneTimeBody::cannotBeRewound()
{
    OneTimeBody body("abc");
    QCOMPARE(body.read(3), QByteArray("abc"));
    QVERIFY(!body.reset());
    QCOMPARE(body.readAll(), QByteArray());
}

void TestOneTimeBody::takesNothing()
{
    OneTimeBody body("abc");
    expectWarning("ReadOnly device");
    QCOMPARE(body.write("x"), -1);
    QCOMPARE(body.readAll(), QByteArray("abc"));
}

// The body wipes its bytes, so they must not be the caller's.
void TestOneTimeBody::holdsACopyOfItsOwn()
{
    const QByteArray bytes("abc");
    auto body = std::make_unique<OneTimeBody>(bytes);
    body.reset();
    QCOMPARE(bytes, QByteArray("abc"));
}

QTEST_GUILESS_MAIN(TestOneTimeBody)
#include "tst_onetimebody.moc"
