// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/language.h"

#include <QTest>
#include <QTranslator>

using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLanguage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isOneThatWeHaveOrEnglish_data();
    void isOneThatWeHaveOrEnglish();
    void whatWeDoNotHaveChangesNothing();
    void eachIsWholeAndGoesItsWay_data();
    void eachIsWholeAndGoesItsWay();
    void eachHasQtsButtonsByItself_data() { eachIsWholeAndGoesItsWay_data(); }
    void eachHasQtsButtonsByItself();
};

void TestLanguage::isOneThatWeHaveOrEnglish_data()
{
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<QString>("language");
    QTest::newRow("ours") << QStringList{u"de"_s} << u"de"_s;
    QTest::newRow("in a country") << QStringList{u"de-AT"_s} << u"de"_s;
    QTest::newRow("of a country") << QStringList{u"pt-BR"_s} << u"pt_BR"_s;
    QTest::newRow("of another country") << QStringList{u"pt-PT"_s} << QString();
    QTest::newRow("in a script") << QStringList{u"de-Latn-DE"_s} << u"de"_s;
    QTest::newRow("not ours") << QStringList{u"ar-EG"_s, u"ar"_s} << QString();
    QTest::newRow("the second") << QStringList{u"ar"_s, u"de"_s} << u"de"_s;
    QTest::newRow("English is dearer") << QStringList{u"ar"_s, u"en-GB"_s, u"de"_s} << QString();
    QTest::newRow("no language") << QStringList{u"C"_s} << QString();
    QTest::newRow("none") << QStringList() << QString();
}

void TestLanguage::isOneThatWeHaveOrEnglish()
{
    QFETCH(const QStringList, wanted);
    QTEST(Language::choose(wanted, {u"de"_s, u"pt_BR"_s}), "language");
}

//! A translator of Qt's would come with its texts, and turn the windows round.
void TestLanguage::whatWeDoNotHaveChangesNothing()
{
    const Language language({u"ar"_s});
    QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), u"Cancel"_s);
    QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
}

void TestLanguage::eachIsWholeAndGoesItsWay_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    const QStringList known = Language::known();
    QVERIFY(!known.isEmpty());
    for (const QString &code : known)
        QTest::newRow(qPrintable(code)) << QLocale(code).textDirection();
}

//! Wherever a person's desktop is.
void TestLanguage::eachIsWholeAndGoesItsWay()
{
    QFETCH(const Qt::LayoutDirection, direction);
    const QString code = QString::fromLatin1(QTest::currentDataTag());
    const Language language({code});
    QVERIFY(QCoreApplication::translate("latchkey::ui::MainWindow", "Sign in") != u"Sign in"_s);
    QCOMPARE(QGuiApplication::layoutDirection(), direction);
    QCOMPARE(QLocale().name().section(u'_', 0, 0), code.section(u'_', 0, 0));
}

//! Qt's own translations are in another package.
void TestLanguage::eachHasQtsButtonsByItself()
{
    QTranslator ours;
    QVERIFY(ours.load(u":/i18n/latchkey_"_s + QString::fromLatin1(QTest::currentDataTag())));
    for (const char *text : {"Cancel", "Close", "Save", "&Yes", "&No"})
        QVERIFY2(!ours.translate("QPlatformTheme", text).isEmpty(), text);
    for (const char *text : {"&Copy", "&Paste", "Select All"})
        QVERIFY2(!ours.translate("QLineEdit", text).isEmpty(), text);
    QVERIFY(!ours.translate("QFileDialog", "File &name:").isEmpty());
    for (const char *key : {"+", "Ctrl", "Shift", "Del", "Enter", "Esc"})
        QVERIFY2(!ours.translate("QShortcut", key).isEmpty(), key);
}

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
