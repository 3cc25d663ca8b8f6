// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/codepage.h"

#include "signinfixture.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCodePage final : public SignInTest {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void asksForTheCode();
    void takesACode_data();
    void takesACode();
    void refusesWhatIsNoCode_data();
    void refusesWhatIsNoCode();
    void tellsThatTheCodeWasRefused();
    void sendsWithTheLastDigit();
    void waitsForAllDigitsOfAScratchCode();
    void doesNotSendARefusedCodeAgain();
    void keepsACodeThatDidNotArrive();
    void tellsWhenTheNextCodeIsDue();
    void warnsOfClocksThatAreApart_data();
    void warnsOfClocksThatAreApart();
};

void TestCodePage::asksForTheCode()
{
    submitToCode();
    QVERIFY(field("Verification code"));
    QVERIFY(find<QPushButton>(*m_window, "Verify"));
    QVERIFY(!field("Password"));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QVERIFY(words().contains(u"operator at prod.example.com"_s));
}

void TestCodePage::takesACode_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("6 digits") << u"123456"_s << u"123456"_s;
    QTest::newRow("with a space") << u" 123 456 "_s << u"123456"_s;
    QTest::newRow("with a dash") << u"123-456"_s << u"123456"_s;
    QTest::newRow("of a web page") << u"\u200e123\u202f456\n"_s << u"123456"_s;
    QTest::newRow("scratch code") << u"12345678"_s << u"12345678"_s;
    QTest::newRow("scratch code, grouped") << u"1234 5678"_s << u"12345678"_s;
}

void TestCodePage::takesACode()
{
    QFETCH(const QString, text);
    submitToCode();
    QGuiApplication::clipboard()->setText(text);
    press(*m_window, Qt::Key_V, Qt::ControlModifier);
    QTEST(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code.toString(), "code");
    QVERIFY(!find<QPushButton>(*m_window, "Verify")->isEnabled());
    m_desk->grant(u"prod"_s, 1);
    QVERIFY(!m_window->isVisible());
}

void TestCodePage::refusesWhatIsNoCode_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "12345", "1234567", "123456789", "12345a", "١٢٣٤٥٦"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestCodePage::refusesWhatIsNoCode()
{
    QFETCH(const QString, text);
    submitToCode();
    secretField("Verification code")->put(text);
    click("Verify");
    QVERIFY(field("Verification code")->accessibleDescription().contains(u"6 digits"_s));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::CodeNeeded);
}

void TestCodePage::tellsThatTheCodeWasRefused()
{
    submitToCode();
    type(*m_window, u"000000"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::CodeRejected);
    QVERIFY(words().contains(u"refused the code"_s));
    QCOMPARE(m_window->focusWidget(), field("Verification code"));
    QVERIFY(field("Verification code")->text().isEmpty());
}

void TestCodePage::sendsWithTheLastDigit()
{
    submitToCode();
    type(*m_window, u"12345"_s);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::CodeNeeded);
    type(*m_window, u"6"_s);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code, secret("123456"));
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 2);
}

void TestCodePage::waitsForAllDigitsOfAScratchCode()
{
    submitToCode();
    find<QCheckBox>(*m_window, "I use a scratch code, which has 8 digits")->click();
    field("Verification code")->setFocus();
    type(*m_window, u"1234567"_s);
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::CodeNeeded);
    type(*m_window, u"8"_s);
    QCOMPARE(m_desk->client(u"prod"_s).lastGrantAs<MfaGrant>()->code, secret("12345678"));
}

// Each refusal costs one of a few tries.
void TestCodePage::doesNotSendARefusedCodeAgain()
{
    submitToCode();
    type(*m_window, u"000000"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::CodeRejected);
    type(*m_window, u"000000"_s);
    QVERIFY(field("Verification code")->accessibleDescription().contains(u"refused this code"_s));
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 2);
    secretField("Verification code")->selectAll();
    type(*m_window, u"000001"_s);
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 3);
}

void TestCodePage::keepsACodeThatDidNotArrive()
{
    submitToCode();
    type(*m_window, u"123456"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(secretField("Verification code")->secret(), secret("123456"));
    click("Verify");
    QCOMPARE(m_desk->client(u"prod"_s).grants().size(), 3);
}

void TestCodePage::tellsWhenTheNextCodeIsDue()
{
    submitToCode();
    const auto into =
        m_desk->clock().now().wall.time_since_epoch() % Milliseconds(CodePage::codeLife);
    m_desk->advance(CodePage::codeLife - into + 18s);
    type(*m_window, u"000000"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::CodeRejected);
    QVERIFY2(words().contains(u"A new code is due in 12 s"_s), qPrintable(words()));
    m_desk->advance(11s);
    QTRY_VERIFY(words().contains(u"A new code is due in 1 s"_s));
    m_desk->advance(1s);
    QTRY_VERIFY(words().contains(u"shows a new code now"_s));
}

void TestCodePage::warnsOfClocksThatAreApart_data()
{
    QTest::addColumn<std::chrono::seconds>("offset");
    QTest::addColumn<QString>("warning");
    QTest::newRow("in step") << 60s << QString();
    QTest::newRow("ahead") << 200s << u"clock is out of step: 3 min ahead"_s;
    QTest::newRow("behind") << -200s << u"clock is out of step: 3 min behind"_s;
}

void TestCodePage::warnsOfClocksThatAreApart()
{
    QFETCH(const std::chrono::seconds, offset);
    QFETCH(const QString, warning);
    open();
    fillIn();
    press(*m_window, Qt::Key_Return);
    CodeAsked asked{secret("ticket")};
    asked.trace.applianceTime = m_desk->clock().now().wall + offset;
    m_desk->client(u"prod"_s).answer(asked);
    QVERIFY2(words().contains(warning), qPrintable(words()));
    QCOMPARE(words().contains(u"sets it right"_s), !warning.isEmpty());
}

QTEST_MAIN(TestCodePage)
#include "tst_codepage.moc"
