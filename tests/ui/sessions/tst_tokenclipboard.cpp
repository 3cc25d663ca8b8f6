// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/tokenclipboard.h"

#include "ui/uifixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTokenClipboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void copiesAndMarksItAsSecret();
    void takesItBackAfterHalfAMinute();
    void takesItBackWhenItEnds();
    void keepsItUntilItEndsWhereThatIsWished();
    void takesItBackWhenTheTokenEnds();
    void leavesAloneWhatSomebodyElseCopied();
    void renewsATokenAboutToEndFirst();
    void copiesTheOldOneWhereNoNewOneCanBeHad();
    void copiesNothingWhereNoneIsGood();
    void doesNotCopyLongAfterItWasAsked();
    void tellsThatThereIsNothingToCopy();
    void everyCopyIsInTheLedger();

private:
    void advance(Milliseconds span);
    [[nodiscard]] static QString copied() { return QGuiApplication::clipboard()->text(); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<TokenClipboard> m_clipboard;
    std::unique_ptr<QSignalSpy> m_told;
    bool m_clears = true;
};

void TestTokenClipboard::init()
{
    failOnUiWarning();
    m_clears = true;
    QGuiApplication::clipboard()->clear();
    m_desk = std::make_unique<UiFixture>();
    m_clipboard = std::make_unique<TokenClipboard>(m_desk->sessions(), m_desk->ledger(),
        m_desk->clock().clock(), *QGuiApplication::clipboard(), [this] { return m_clears; });
    m_told = std::make_unique<QSignalSpy>(m_clipboard.get(), &TokenClipboard::told);
}

void TestTokenClipboard::cleanup()
{
    m_told.reset();
    m_clipboard.reset();
    m_desk.reset();
}

void TestTokenClipboard::advance(Milliseconds span)
{
    m_desk->clock().advance(span);
    m_clipboard->look();
}

void TestTokenClipboard::copiesAndMarksItAsSecret()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(copied(), u"access-1"_s);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s),
        "secret"_ba);
    QCOMPARE(m_told->count(), 1);
    QCOMPARE(m_told->at(0)[1].toString(), u"Token copied. The clipboard is cleared in 30 s."_s);
}

void TestTokenClipboard::takesItBackAfterHalfAMinute()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    advance(29s);
    QCOMPARE(copied(), u"access-1"_s);
    advance(1s);
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::takesItBackWhenItEnds()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    m_told.reset();
    m_clipboard.reset();
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::keepsItUntilItEndsWhereThatIsWished()
{
    m_clears = false;
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    advance(59min);
    QCOMPARE(copied(), u"access-1"_s);
    advance(1min);
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::takesItBackWhenTheTokenEnds()
{
    m_desk->signedIn(u"prod"_s, 20s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(copied(), u"access-1"_s);
    advance(20s);
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::leavesAloneWhatSomebodyElseCopied()
{
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QGuiApplication::clipboard()->setText(u"something else"_s);
    advance(30s);
    QCOMPARE(copied(), u"something else"_s);
}

void TestTokenClipboard::renewsATokenAboutToEndFirst()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(59min + 30s);
    m_clipboard->copy(u"prod"_s);
    QVERIFY(copied().isEmpty());
    QCOMPARE(m_desk->session(u"prod"_s).phase(), Phase::Refreshing);
    m_desk->grant(u"prod"_s, 2);
    QCOMPARE(copied(), u"access-2"_s);
    QCOMPARE(m_told->count(), 2);
}

void TestTokenClipboard::copiesTheOldOneWhereNoNewOneCanBeHad()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(59min + 30s);
    m_clipboard->copy(u"prod"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(copied(), u"access-1"_s);
    QCOMPARE(m_told->last()[1].toString(), u"Token copied. It ends in 30 s."_s);
}

void TestTokenClipboard::copiesNothingWhereNoneIsGood()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(61min);
    m_clipboard->copy(u"prod"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QVERIFY(copied().isEmpty());
    QVERIFY(m_told->last()[1].toString().contains(u"nothing was copied"_s));
}

void TestTokenClipboard::doesNotCopyLongAfterItWasAsked()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->clock().advance(61min);
    m_clipboard->copy(u"prod"_s);
    advance(20s);
    QVERIFY(m_told->last()[1].toString().contains(u"nothing was copied"_s));
    m_desk->grant(u"prod"_s, 2);
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::tellsThatThereIsNothingToCopy()
{
    m_desk->signIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QVERIFY(m_told->last()[1].toString().contains(u"Sign in first"_s));
    QVERIFY(copied().isEmpty());
}

void TestTokenClipboard::everyCopyIsInTheLedger()
{
    m_desk->signIn(u"lab"_s);
    m_clipboard->copy(u"lab"_s);
    QVERIFY(m_desk->ledger().entries().isEmpty());
    m_desk->signedIn(u"prod"_s);
    m_clipboard->copy(u"prod"_s);
    QCOMPARE(m_desk->ledger().entries().size(), 1);
    QCOMPARE(m_desk->ledger().entries().first().session, u"prod"_s);
    QCOMPARE(m_desk->ledger().entries().first().answer, HandOut::Copied);
    QCOMPARE(m_desk->ledger().entries().first().program, Program());
}

QTEST_MAIN(TestTokenClipboard)
#include "tst_tokenclipboard.moc"
