// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/naturalorder.h"

#include "support/warnings.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestNaturalOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void countsAsPeopleDo_data();
    void countsAsPeopleDo();
};

void TestNaturalOrder::countsAsPeopleDo_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::newRow("C") << QLocale::c();
    QTest::newRow("English") << QLocale(QLocale::English);
    QTest::newRow("German") << QLocale(QLocale::German);
    QTest::newRow("Japanese") << QLocale(QLocale::Japanese);
}

void TestNaturalOrder::countsAsPeopleDo()
{
    QFETCH(const QLocale, locale);
    QLocale::setDefault(locale);
    QStringList names{
        u"site-10"_s, u"Site-3"_s, u"site-2"_s, u"prod"_s, u"site-2b"_s, u"Prod"_s, u"site-1"_s};
    std::ranges::sort(names, NaturalOrder());
    QCOMPARE(names,
        QStringList({u"Prod"_s, u"prod"_s, u"site-1"_s, u"site-2"_s, u"site-2b"_s, u"Site-3"_s,
            u"site-10"_s}));
    QLocale::setDefault(QLocale::c());
}

QTEST_GUILESS_MAIN(TestNaturalOrder)
#include "tst_naturalorder.moc"
