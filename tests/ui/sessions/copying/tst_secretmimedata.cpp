// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/secretmimedata.h"

#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSecretMimeData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void offersATextThatIsMarkedAsSecret();
    void tellsOfEachProgramThatTakesIt();
    void givesNothingWhileItHasNothing();
};

void TestSecretMimeData::offersATextThatIsMarkedAsSecret()
{
    const SecretMimeData data;
    QVERIFY(data.hasText());
    // Or Qt would read the text to offer it to Wayland in this form.
    QVERIFY(data.hasFormat(u"text/plain;charset=utf-8"_s));
    QCOMPARE(data.data(u"x-kde-passwordManagerHint"_s), "secret"_ba);
}

void TestSecretMimeData::tellsOfEachProgramThatTakesIt()
{
    SecretMimeData data;
    data.setSecret(Secret::fromString(u"geheim-ä"));
    QSignalSpy taken(&data, &SecretMimeData::taken);
    QCOMPARE(data.text(), u"geheim-ä"_s);
    QCOMPARE(data.data(u"text/plain"_s), u"geheim-ä"_s.toUtf8());
    QCOMPARE(taken.count(), 2);
    // Clipboard managers look at these two.
    QVERIFY(data.hasText());
    QVERIFY(!data.data(u"x-kde-passwordManagerHint"_s).isEmpty());
    QVERIFY(!data.hasHtml() && !data.hasUrls() && !data.hasImage());
    QCOMPARE(taken.count(), 2);
}

void TestSecretMimeData::givesNothingWhileItHasNothing()
{
    SecretMimeData data;
    QSignalSpy taken(&data, &SecretMimeData::taken);
    QSignalSpy asked(&data, &SecretMimeData::asked);
    QVERIFY(data.text().isEmpty());
    QVERIFY(!asked.isEmpty());
    data.setSecret(Secret::fromString(u"geheim"));
    data.setSecret({});
    QVERIFY(data.text().isEmpty());
    QVERIFY(taken.isEmpty());
}

QTEST_GUILESS_MAIN(TestSecretMimeData)
#include "tst_secretmimedata.moc"
