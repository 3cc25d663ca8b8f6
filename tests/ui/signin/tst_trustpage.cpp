// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/trustpage.h"

#include "signinfixture.h"
#include "widgets/plaintext.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestTrustPage final : public SignInTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void keepsAnAcceptedCertificateForTheNextTry();
    void enterDoesNotTrust();
    void trustsOnADeliberateAct();
    void showsBothFingerprintsOfAChangedCertificate();
    void tellsAChangeWhereNothingWasPinned();
    void putsBothFingerprintsSideBySide();
    void tellsThatACertificateIsForAnotherHost();
    void aCertificateForAnotherHostIsConfirmed();
    void showsForeignNamesAsTheyAre();
    void leavesADecisionToTheAdministrator();
    void noticesThatTheAdministratorDecidesMeanwhile();
    void forgetsAComparisonWithAnotherQuestion();
    void trustsNothingThatCameUnderThePointer();

private:
    [[nodiscard]] static QLabel *labelWith(const QWidget &page, const QString &words);
};

QLabel *TestTrustPage::labelWith(const QWidget &page, const QString &words)
{
    const auto labels = page.findChildren<QLabel *>();
    const auto found = std::ranges::find_if(
        labels, [&](const QLabel *label) { return label->text().contains(words); });
    return found == labels.end() ? nullptr : *found;
}

void TestTrustPage::trustsNothingThatCameUnderThePointer()
{
    TrustPage page;
    const QSignalSpy trusted(&page, &TrustPage::trusted);
    page.ask(u"prod.example.com"_s, aCertificate(), {});
    page.show();
    auto *trust = find<QPushButton>(page, "Trust this appliance");
    QVERIFY(trust->isEnabled());
    Certificate other = aCertificate();
    other.fingerprint = anotherFingerprint();
    page.ask(u"prod.example.com"_s, other, {});
    trust->click();
    QCOMPARE(trusted.count(), 0);
    QTRY_VERIFY(trust->isEnabled());
    trust->click();
    QCOMPARE(trusted.count(), 1);
}

void TestTrustPage::keepsAnAcceptedCertificateForTheNextTry()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    click("Trust this appliance");
    m_desk->refuse(u"prod"_s, AuthError::Type::Rejected);
    click("Sign in");
    QCOMPARE(m_desk->client(u"prod"_s).pins().last(), aCertificate().fingerprint);
}

void TestTrustPage::enterDoesNotTrust()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(m_window->focusWidget(), find<QPushButton>(*m_window, "Cancel"));
    find<QPushButton>(*m_window, "Trust this appliance")->setFocus();
    press(*m_window, Qt::Key_Return);
    QVERIFY(m_desk->client(u"prod"_s).grants().size() == 1);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

void TestTrustPage::trustsOnADeliberateAct()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    auto *fingerprint = find<QPlainTextEdit>(*m_window, "Fingerprint");
    QVERIFY(fingerprint);
    QCOMPARE(fingerprint->toPlainText(), aCertificate().fingerprint.toText());
    QVERIFY(fingerprint->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Trusted fingerprint"));
    QVERIFY(field("Issued to")->text().contains(aCertificate().subject));
    QVERIFY(field("Issued by")->text().contains(aCertificate().issuer));

    find<QPushButton>(*m_window, "Trust this appliance")->setFocus();
    press(*m_window, Qt::Key_Space);
    QCOMPARE(m_desk->session(u"prod"_s).account().pin, aCertificate().fingerprint);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::SigningIn);
    QVERIFY(!field("Password")->isEnabled());
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!m_window->isVisible());
}

void TestTrustPage::showsBothFingerprintsOfAChangedCertificate()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_desk->session(u"prod"_s).trust(aCertificate().fingerprint);
    m_desk->grant(u"prod"_s, 1);
    m_desk->session(u"prod"_s).refreshNow();
    Certificate changed = aCertificate();
    changed.fingerprint = anotherFingerprint();
    m_desk->client(u"prod"_s).answer(Untrusted{changed});

    m_window->openSession(u"prod"_s);
    open();
    QVERIFY(words().contains(u"has changed"_s));
    QCOMPARE(find<QPlainTextEdit>(*m_window, "Trusted fingerprint")->toPlainText(),
        aCertificate().fingerprint.toText());
    QCOMPARE(find<QPlainTextEdit>(*m_window, "Fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    auto *trust = find<QPushButton>(*m_window, "Trust this appliance");
    QVERIFY(!trust->isEnabled());
    auto *confirmed = m_window->findChild<QCheckBox *>(u"confirmed"_s);
    QTest::mouseClick(confirmed, Qt::LeftButton, {}, QPoint(8, confirmed->height() / 2));
    QVERIFY(trust->isEnabled());
    click("Trust this appliance");
    QCOMPARE(m_desk->session(u"prod"_s).account().pin, anotherFingerprint());
}

//! Without a pin, this computer vouched for the one before.
void TestTrustPage::tellsAChangeWhereNothingWasPinned()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    m_window->openSession(u"prod"_s);
    open();
    QVERIFY(words().contains(u"Another certificate than before"_s));
    QVERIFY(words().contains(u"has changed"_s));
    QVERIFY(!words().contains(u"That is usual"_s));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Trusted fingerprint"));
    QVERIFY(!find<QPushButton>(*m_window, "Trust this appliance")->isEnabled());
    QVERIFY(m_window->findChild<QCheckBox *>(u"confirmed"_s)->isVisible());
}

void TestTrustPage::putsBothFingerprintsSideBySide()
{
    TrustPage page;
    page.ask(u"prod.example.com"_s, aCertificate(), anotherFingerprint());
    page.show();
    const auto *before = find<QPlainTextEdit>(page, "Trusted fingerprint");
    const auto *now = find<QPlainTextEdit>(page, "Fingerprint");
    QCOMPARE(before->y(), now->y());
    QVERIFY(before->geometry().right() < now->x());
}

void TestTrustPage::tellsThatACertificateIsForAnotherHost()
{
    TrustPage page;
    Certificate other = aCertificate();
    const auto told = [&] {
        page.ask(u"prod.example.com"_s, other, {});
        page.show();
        return withoutBreaks(test::words<QLabel>(page));
    };
    QVERIFY(!told().contains(u"The certificate"_s));
    other.isForOtherHost = true;
    QVERIFY(told().contains(u"The certificate is for appliance.test, not for prod.example.com."_s));
    QVERIFY(!told().contains(u"That is usual"_s));
    other.subject.clear();
    QVERIFY(told().contains(u"The certificate does not name prod.example.com."_s));
}

//! That is to be read before anything else, and not passed over by one press of a button.
void TestTrustPage::aCertificateForAnotherHostIsConfirmed()
{
    TrustPage page;
    Certificate other = aCertificate();
    other.isForOtherHost = true;
    page.ask(u"prod.example.com"_s, other, {});
    page.show();
    QTRY_VERIFY(page.isVisible());
    const auto *told = labelWith(page, u"The certificate is for"_s);
    QVERIFY(told->mapTo(&page, QPoint()).y() < labelWith(page, u"Either the appliance"_s)->y());
    const auto *trust = find<QPushButton>(page, "Trust this appliance");
    auto *confirmed = page.findChild<QCheckBox *>(u"confirmed"_s);
    QVERIFY(confirmed->isVisible() && !trust->isEnabled());
    confirmed->setChecked(true);
    QVERIFY(trust->isEnabled());
    page.ask(u"prod.example.com"_s, other, {}); // by news of the session
    QVERIFY(trust->isEnabled());
    page.ask(u"elsewhere.example.com"_s, other, {});
    QVERIFY(!confirmed->isChecked() && !trust->isEnabled());
    confirmed->setChecked(true);
    page.ask(u"elsewhere.example.com"_s, other, anotherFingerprint()); // ticks another sentence
    QVERIFY(!confirmed->isChecked() && !trust->isEnabled());
    page.ask(u"prod.example.com"_s, aCertificate(), {});
    QVERIFY(!confirmed->isVisible());
    QTRY_VERIFY(trust->isEnabled());
}

void TestTrustPage::showsForeignNamesAsTheyAre()
{
    TrustPage page;
    Certificate odd = aCertificate();
    odd.subject = u"a\u202e\nAll is well."_s + QString(100, u'x');
    odd.issuer = u"b\u2066"_s;
    odd.isForOtherHost = true;
    page.ask(u"prod.example.com"_s, odd, {});
    page.show();
    const QString told = withoutBreaks(test::words<QLabel>(page));
    QVERIFY(told.contains(uR"(The certificate is for a\u202e\u000aAll is well.x)"_s));
    QVERIFY(!told.contains(QString(60, u'x')));
    QVERIFY(find<QLineEdit>(page, "Issued to")->text().startsWith(uR"(a\u202e\u000aAll)"_s));
    QCOMPARE(find<QLineEdit>(page, "Issued by")->text(), uR"(b\u2066)"_s);
}

void TestTrustPage::leavesADecisionToTheAdministrator()
{
    m_desk->sessions().setPins([](const Account &) { return anotherFingerprint(); });
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QVERIFY(words().contains(u"Only your administrator can allow this certificate"_s));
    QVERIFY(words().contains(u"that your administrator decided for"_s));
    QCOMPARE(find<QPlainTextEdit>(*m_window, "Trusted fingerprint")->toPlainText(),
        anotherFingerprint().toText());
    QVERIFY(!find<QPushButton>(*m_window, "Trust this appliance"));
    QVERIFY(!m_window->findChild<QCheckBox *>(u"confirmed"_s)->isVisible());
}

void TestTrustPage::noticesThatTheAdministratorDecidesMeanwhile()
{
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QVERIFY(find<QPushButton>(*m_window, "Trust this appliance"));
    m_desk->session(u"prod"_s).setFixedPin(anotherFingerprint());
    QVERIFY(words().contains(u"Only your administrator can allow this certificate"_s));
    QVERIFY(!find<QPushButton>(*m_window, "Trust this appliance"));
}

void TestTrustPage::forgetsAComparisonWithAnotherQuestion()
{
    TrustPage page;
    page.ask(u"prod.example.com"_s, aCertificate(), {});
    QGuiApplication::clipboard()->setText(aCertificate().fingerprint.toText());
    find<QPushButton>(page, "Paste to compare")->click();
    QVERIFY(test::words<QLabel>(page).contains(u"It is the same."_s));
    page.ask(u"elsewhere.example.com"_s, aCertificate(), {});
    QVERIFY(!test::words<QLabel>(page).contains(u"It is the same."_s));
}

QTEST_MAIN(TestTrustPage)
#include "tst_trustpage.moc"
