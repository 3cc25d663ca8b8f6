// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/windowedconsent.h"

#include "access/consentwindow.h"
#include "ui/uifixture.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestWindowedConsent final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void hasNoWindowBeforeItIsWanted();
    void tellsOfEachNewQuestion();
    void showsTheCertificateThatTheApplianceShows();
    void theNextQuestionTakesTheWindow();
};

void TestWindowedConsent::hasNoWindowBeforeItIsWanted()
{
    UiFixture desk;
    WindowedConsent consent(desk.sessions());
    consent.hide();
    QVERIFY(QApplication::topLevelWidgets().isEmpty());
    consent.show({u"prod"_s, aProgram(), false, 0});
    QVERIFY(consent.window());
    consent.hide();
    QVERIFY(!consent.window());
}

void TestWindowedConsent::tellsOfEachNewQuestion()
{
    UiFixture desk;
    desk.signIn(u"prod"_s, u"ada"_s);
    WindowedConsent consent(desk.sessions());
    const QSignalSpy asked(&consent, &WindowedConsent::asked);
    consent.show({u"prod"_s, aProgram(), false, 0});
    consent.show({u"prod"_s, aProgram(), false, 1});
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QCOMPARE(asked[0][1].toString(), u"curl over SSH wants a token of prod: ada."_s);
}

void TestWindowedConsent::showsTheCertificateThatTheApplianceShows()
{
    UiFixture desk;
    desk.signIn(u"prod"_s);
    desk.client(u"prod"_s).answer(Untrusted{aCertificate()});
    WindowedConsent consent(desk.sessions());
    ConsentPrompt::Question question{u"prod"_s, aProgram()};
    question.permission.what = Permission::Trust;
    question.permission.sha256 = aCertificate().fingerprint.toText();
    consent.show(question);
    const auto *issuer = find<QLineEdit>(*consent.window(), "Issued by");
    QVERIFY(issuer);
    QCOMPARE(issuer->text(), aCertificate().issuer);
}

void TestWindowedConsent::theNextQuestionTakesTheWindow()
{
    UiFixture desk;
    WindowedConsent prompt(desk.sessions());
    Consent &consent = desk.handOuts().consent;
    consent.setPrompt(&prompt);
    DeadlineQueue deadlines(desk.clock().clock());
    QObject caller;
    for (const auto &file : {u"/usr/bin/curl"_s, u"/usr/bin/wget"_s}) {
        const Instant end = deadlines.now() + std::chrono::minutes(1);
        consent.ask(u"prod"_s, aProgram(file), new ConsentCall(deadlines, end, &caller));
    }
    const ConsentWindow *window = prompt.window();
    QVERIFY(window->sentence().startsWith(u"curl"_s));
    click<QPushButton>(*window, "Deny");
    QCOMPARE(prompt.window(), window);
    QVERIFY(window->sentence().startsWith(u"wget"_s));
    click<QPushButton>(*window, "Deny");
    QVERIFY(!prompt.window());
    consent.setPrompt(nullptr);
}

QTEST_MAIN(TestWindowedConsent)
#include "tst_windowedconsent.moc"
