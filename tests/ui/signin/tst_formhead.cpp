// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/formhead.h"

#include "ui/uifixture.h"

#include <QLabel>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestFormHead final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void saysWhoSignsInWhere();
    void tellsWhatOthersFilledIn_data();
    void tellsWhatOthersFilledIn();
    void tellsWhyItWasRefusedBefore();
};

void TestFormHead::saysWhoSignsInWhere()
{
    FormHead head;
    QCOMPARE(words<QLabel>(head), u"Sign in to an appliance"_s);
    Account account = anAccount();
    account.name = u"prod-eu"_s;
    account.server = QUrl(u"https://prod-eu.example.com:8443"_s);
    account.user = u"alenka"_s;
    head.setAccount(account, u"Veeam"_s);
    QCOMPARE(words<QLabel>(head), u"prod-eu\nalenka at prod-eu.example.com:8443\nVeeam"_s);
    for (const QLabel *label : head.findChildren<QLabel *>())
        QVERIFY(label->textFormat() == Qt::PlainText || label->text().isEmpty());
}

void TestFormHead::tellsWhatOthersFilledIn_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("warning");
    QTest::newRow("an appliance") << u"backup.example.com"_s << u"filled in backup.example.com."_s;
    QTest::newRow("no address") << QString() << u"filled in what is no address."_s;
}

void TestFormHead::tellsWhatOthersFilledIn()
{
    QFETCH(const QString, place);
    QFETCH(const QString, warning);
    FormHead head;
    head.sayItWasFilledIn(place);
    QVERIFY2(words<QLabel>(head).contains(warning), qPrintable(words<QLabel>(head)));
}

void TestFormHead::tellsWhyItWasRefusedBefore()
{
    FormHead head;
    head.showRefusal(u"Wrong password."_s);
    QVERIFY(words<QLabel>(head).contains(u"Wrong password."_s));
    head.showRefusal({});
    QVERIFY(!words<QLabel>(head).contains(u"Wrong password."_s));
}

QTEST_MAIN(TestFormHead)
#include "tst_formhead.moc"
