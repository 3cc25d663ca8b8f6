// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentwindow.h"

#include "widgets/noticelabel.h"
#include "widgets/palettes.h"

#include "ui/uifixture.h"
#include "widgets/plaintext.h"

#include <QCheckBox>
#include <QLabel>
#include <QLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(latchkey::Decision)
Q_DECLARE_METATYPE(latchkey::Program)

class TestConsentWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsWhoWantsWhat();
    void namesWhoStandsBehindLatchkeyctl();
    void decidesWhatIsChosen_data();
    void decidesWhatIsChosen();
    void escapeAndClosingAreNo();
    void sleepsUntilItCanBeRead();
    void enterAllowsNothing();
    void allowsWhoIsNotKnownOnlyOnce();
    void beginsAnewWithEachQuestion();
    void staysAsItIsWhileOthersCome();
    void goesWhenItIsTakenBack();
    void showsForeignNamesAsTheyAre();
    void makesRoomForLongNames();
    void asksForMoreThanATokenEachTime_data();
    void asksForMoreThanATokenEachTime();
    void aCertificateIsTrustedOnlyWithATick();
    void tellsWhatIsToBeTrusted();
    void showsTheOldAccountBesideTheNewOne();
    void tellsWhatIsProvenAndWhatIsOnlySaid();
    void marksWhatAMereClaimIs_data();
    void marksWhatAMereClaimIs();
    void vouchesForNothingThatIsNotKnown();
    void warnsOfACertificate();
    void warnsInTheColorsOfTheDesktop();
    void saysWhyItCannotBeAllowedYet();

private:
    [[nodiscard]] static ConsentPrompt::Question question(const Program &program = aProgram());
    void ask(const ConsentPrompt::Question &question);
    void choose(const char *name);
    [[nodiscard]] QString value(const char *name) const;
    [[nodiscard]] QString told() const;
    [[nodiscard]] QPushButton *allow() const { return find<QPushButton>(*m_window, "Allow"); }

    std::unique_ptr<ConsentWindow> m_window;
    std::unique_ptr<QSignalSpy> m_decided;
};

void TestConsentWindow::init()
{
    failOnUiWarning();
    qRegisterMetaType<Decision>();
    m_window = std::make_unique<ConsentWindow>();
    m_decided = std::make_unique<QSignalSpy>(m_window.get(), &ConsentWindow::decided);
}

void TestConsentWindow::cleanup()
{
    m_decided.reset();
    m_window.reset();
}

ConsentPrompt::Question TestConsentWindow::question(const Program &program)
{
    return {u"prod"_s, program, false, 0};
}

void TestConsentWindow::ask(const ConsentPrompt::Question &question)
{
    QVERIFY(m_window->ask(question));
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestConsentWindow::choose(const char *name)
{
    auto *button = find<QRadioButton>(*m_window, name);
    QVERIFY2(button, name);
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
}

QString TestConsentWindow::value(const char *name) const
{
    const auto *field = find<QPlainTextEdit>(*m_window, name);
    return field ? field->toPlainText() : u"there is no such value"_s;
}

//! Without the places where words may be broken.
QString TestConsentWindow::told() const
{
    return withoutBreaks(words<QLabel>(*m_window));
}

void TestConsentWindow::tellsWhoWantsWhat()
{
    ask(question());
    QCOMPARE(m_window->windowTitle(), u"Latchkey"_s);
    QVERIFY(m_window->testAttribute(Qt::WA_ShowWithoutActivating));
    QVERIFY(!m_window->isModal());
    QVERIFY(told().contains(u"curl over SSH wants a token of prod."_s));
    QCOMPARE(value("Program"), u"/usr/bin/curl"_s);
    QCOMPARE(value("Started by"), u"bash, sshd"_s);
    QCOMPARE(value("Terminal"), u"/dev/pts/3"_s);
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Through"));
    QVERIFY(!told().contains(u"waiting"_s));
}

void TestConsentWindow::namesWhoStandsBehindLatchkeyctl()
{
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY(ctl.exists() || ctl.open(QIODevice::WriteOnly));
    const Program program = ourCommandLine(u"/usr/bin/bash"_s);
    ask(question(program));
    QVERIFY(told().contains(u"bash, through latchkeyctl, wants a token of prod."_s));
    QCOMPARE(value("Program"), u"/usr/bin/bash"_s);
    QCOMPARE(value("Through"), program.executable);
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Terminal"));
}

void TestConsentWindow::decidesWhatIsChosen_data()
{
    QTest::addColumn<QByteArray>("choice");
    QTest::addColumn<Decision>("decision");
    QTest::newRow("once") << "This time"_ba << Decision::Once;
    QTest::newRow("hour") << "For one hour"_ba << Decision::OneHour;
    QTest::newRow("lock") << "Until the screen locks"_ba << Decision::UntilLock;
    QTest::newRow("always") << "Always"_ba << Decision::Always;
}

void TestConsentWindow::decidesWhatIsChosen()
{
    QFETCH(const QByteArray, choice);
    ask(question());
    QTRY_VERIFY(allow()->isEnabled());
    choose(choice.constData());
    click<QPushButton>(*m_window, "Allow");
    QCOMPARE(m_decided->count(), 1);
    QTEST(m_decided->at(0)[0].value<Decision>(), "decision");
    QVERIFY(!m_window->isVisible());
}

void TestConsentWindow::escapeAndClosingAreNo()
{
    ask(question());
    press(*m_window, Qt::Key_Escape);
    ask(question());
    m_window->close();
    ask(question());
    click<QPushButton>(*m_window, "Deny");
    QCOMPARE(m_decided->count(), 3);
    for (const QList<QVariant> &decision : std::as_const(*m_decided))
        QCOMPARE(decision[0].value<Decision>(), Decision::Deny);
    QVERIFY(!m_window->isVisible());
}

void TestConsentWindow::sleepsUntilItCanBeRead()
{
    ask(question());
    QVERIFY(!allow()->isEnabled());
    QTRY_VERIFY(allow()->isEnabled());
    ask(question(aProgram(u"/usr/bin/wget"_s)));
    QVERIFY(!allow()->isEnabled());
    click<QPushButton>(*m_window, "Allow");
    QCOMPARE(m_decided->count(), 0);
    QTRY_VERIFY(allow()->isEnabled());
}

void TestConsentWindow::enterAllowsNothing()
{
    ask(question());
    QTRY_VERIFY(allow()->isEnabled());
    const auto buttons = m_window->findChildren<QPushButton *>();
    QVERIFY(std::ranges::none_of(buttons,
        [](const QPushButton *button) { return button->isDefault() || button->autoDefault(); }));
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
        press(*m_window, key);
    allow()->setFocus();
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_decided->count(), 0);
    press(*m_window, Qt::Key_Space);
    QCOMPARE(m_decided->count(), 1);
}

void TestConsentWindow::allowsWhoIsNotKnownOnlyOnce()
{
    ask({u"prod"_s, {4711, {}, {}, {}}, true, 0});
    QVERIFY(told().contains(u"An unknown program (process 4711) wants a token of prod."_s));
    QVERIFY(find<QRadioButton>(*m_window, "This time")->isChecked());
    for (const char *name : {"For one hour", "Until the screen locks", "Always"})
        QVERIFY2(!find<QRadioButton>(*m_window, name)->isEnabled(), name);
    QVERIFY(told().contains(u"can only be allowed this time"_s));
    ConsentPrompt::Question more{u"prod"_s, aProgram(u"(backup)"_s), true, 0};
    more.permission.what = Permission::SignOut;
    ask(more);
    QVERIFY(told().contains(u"It is not certain which program this is."_s));
    more.isOnceOnly = false;
    ask(more);
    QVERIFY(!told().contains(u"It is not certain"_s));
    ask(question());
    QVERIFY(find<QRadioButton>(*m_window, "Always")->isEnabled());
    QVERIFY(!told().contains(u"can only be allowed this time"_s));
}

void TestConsentWindow::beginsAnewWithEachQuestion()
{
    ask(question());
    choose("Always");
    ask(question(aProgram(u"/usr/bin/wget"_s)));
    QVERIFY(told().contains(u"wget over SSH wants"_s));
    QVERIFY(find<QRadioButton>(*m_window, "This time")->isChecked());
}

void TestConsentWindow::staysAsItIsWhileOthersCome()
{
    ask(question());
    QTRY_VERIFY(allow()->isEnabled());
    choose("For one hour");
    auto more = question();
    more.others = 1;
    QVERIFY(!m_window->ask(more));
    QVERIFY(told().contains(u"1 more program is waiting."_s));
    more.others = 2;
    QVERIFY(!m_window->ask(more));
    QVERIFY(told().contains(u"2 more programs are waiting."_s));
    QVERIFY(allow()->isEnabled());
    QVERIFY(find<QRadioButton>(*m_window, "For one hour")->isChecked());
}

void TestConsentWindow::goesWhenItIsTakenBack()
{
    ask(question());
    m_window->takeBack();
    QVERIFY(!m_window->isVisible());
    m_window->close();
    QCOMPARE(m_decided->count(), 0);
}

void TestConsentWindow::showsForeignNamesAsTheyAre()
{
    ask(question(aProgram(u"/tmp/<b>x</b>\n\u202ey"_s)));
    QCOMPARE(value("Program"), u"/tmp/<b>x</b>\\u000a\\u202ey"_s);
    const auto labels = m_window->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY(!label->text().contains(u'<') || label->textFormat() == Qt::PlainText);
}

void TestConsentWindow::makesRoomForLongNames()
{
    ask(question());
    const int height = m_window->findChild<QPlainTextEdit *>()->height();
    Program program = aProgram(u"/opt"_s + u"/a-folder-with-a-long-name"_s.repeated(6));
    ask({QString(64, u'W'), program, false, 0});
    QTRY_VERIFY(find<QPlainTextEdit>(*m_window, "Program")->height() > height);
    m_window->resize(m_window->minimumWidth(), 0);
    QTRY_VERIFY(m_window->height() >= m_window->layout()->totalHeightForWidth(m_window->width()));
    QVERIFY(m_window->width() <= m_window->screen()->availableSize().width());
    program.executable = u"/opt"_s + u"/a-folder-with-a-long-name"_s.repeated(150);
    ask(question(program));
    QTRY_VERIFY(find<QPlainTextEdit>(*m_window, "Program")->height() <= 6 * height);
}

void TestConsentWindow::asksForMoreThanATokenEachTime_data()
{
    QTest::addColumn<Permission>("permission");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QByteArray>("deed");
    const auto row = [](Permission::What what, const char *deed, const QString &wants) {
        Permission permission{what};
        permission.newName = u"prod-eu"_s;
        QTest::newRow(deed) << permission << u"curl over SSH wants "_s + wants << QByteArray(deed);
    };
    row(Permission::Trust, "Trust this certificate",
        u"Latchkey to trust a certificate for prod."_s);
    row(Permission::SignOut, "Sign out", u"to sign prod out."_s);
    row(Permission::Forget, "Remove", u"to remove prod."_s);
    row(Permission::Rename, "Rename", u"to rename prod to prod-eu."_s);
    row(Permission::SignIn, "Add the session", u"to add the session prod and sign in to it."_s);
    row(Permission::OtherAccount, "Change the account",
        u"to use the name prod for another appliance or user."_s);
}

void TestConsentWindow::asksForMoreThanATokenEachTime()
{
    QFETCH(const Permission, permission);
    QFETCH(const QString, sentence);
    QFETCH(const QByteArray, deed);
    ask(question());
    choose("Always");
    auto more = question();
    more.permission = permission;
    ask(more);
    QCOMPARE(m_window->sentence(), sentence);
    QVERIFY(!find<QRadioButton>(*m_window, "This time"));
    QVERIFY(!find<QRadioButton>(*m_window, "Always"));
    QVERIFY(!find<QPushButton>(*m_window, "Allow"));
    auto *yes = find<QPushButton>(*m_window, deed.constData());
    QVERIFY(yes && !yes->isEnabled());
    QTRY_VERIFY(yes->isEnabled());
    press(*m_window, Qt::Key_Return);
    QCOMPARE(m_decided->count(), 0);
    click<QPushButton>(*m_window, deed.constData());
    QCOMPARE(m_decided->at(0)[0].value<Decision>(), Decision::Once);

    ask(question());
    QVERIFY(find<QRadioButton>(*m_window, "Always"));
    QVERIFY(allow());
    click<QPushButton>(*m_window, "Deny");
    ask(more); // which needs less room
    QCOMPARE(m_window->height(), m_window->layout()->totalHeightForWidth(m_window->width()));
}

//! As in the window in which a person signs in.
void TestConsentWindow::aCertificateIsTrustedOnlyWithATick()
{
    auto trust = question();
    trust.permission = {
        Permission::Trust, {u"https://a.test"_s}, {}, aCertificate().fingerprint.toText(), {}};
    ask(trust);
    const QString words = u"Whoever runs the appliance has confirmed this certificate"_s;
    auto *tick = find<QCheckBox>(*m_window, words.toLatin1().constData());
    const auto *yes = find<QPushButton>(*m_window, "Trust this certificate");
    QVERIFY(tick && yes);
    QCOMPARE(yes->accessibleDescription(), u"Tick the box above first."_s);
    tick->setChecked(true);
    QVERIFY(!yes->isEnabled()); // before one can have read it
    QCOMPARE(yes->accessibleDescription(), u"The button works in a moment."_s);
    QTRY_VERIFY(yes->isEnabled());
    QVERIFY(yes->accessibleDescription().isEmpty());
    tick->setChecked(false);
    QVERIFY(!yes->isEnabled());
    QCOMPARE(yes->accessibleDescription(), u"Tick the box above first."_s);
    tick->setChecked(true);
    trust.permission.sha256 = anotherFingerprint().toText();
    ask(trust);
    QVERIFY(!tick->isChecked());
    ask(question());
    QVERIFY(!tick->isVisible());
}

void TestConsentWindow::tellsWhatIsToBeTrusted()
{
    auto trust = question();
    trust.permission = {Permission::Trust, {u"https://<i>a.test"_s, u"ada"_s}, {},
        aCertificate().fingerprint.toText(), anotherFingerprint().toText()};
    ask(trust);
    QVERIFY(
        told().contains(u"curl over SSH wants Latchkey to trust another certificate for prod."_s));
    QCOMPARE(value("Appliance"), u"https://<i>a.test"_s);
    QCOMPARE(value("User name"), u"ada"_s);
    QCOMPARE(value("Fingerprint"), aCertificate().fingerprint.toText());
    QCOMPARE(value("Trusted fingerprint"), anotherFingerprint().toText());
    ask(question());
    for (const char *name : {"Appliance", "User name", "Fingerprint", "Trusted fingerprint"})
        QVERIFY2(!find<QPlainTextEdit>(*m_window, name), name);
}

void TestConsentWindow::showsTheOldAccountBesideTheNewOne()
{
    auto other = question();
    other.permission.what = Permission::OtherAccount;
    other.permission.loginBefore = {u"https://prod.test"_s, u"ada"_s, u"Azure"_s, {}};
    other.permission.login = {u"https://elsewhere.test"_s, u"ada"_s, u"Azure"_s, {}};
    ask(other);
    const auto isBeside = [this](const char *before, const char *now) {
        const auto *left = find<QPlainTextEdit>(*m_window, before);
        const auto *right = find<QPlainTextEdit>(*m_window, now);
        return left && right && left->y() == right->y() && left->geometry().right() < right->x();
    };
    QCOMPARE(value("Appliance until now"), u"https://prod.test"_s);
    QCOMPARE(value("Appliance"), u"https://elsewhere.test"_s);
    QCOMPARE(value("User name until now"), u"ada"_s);
    QTRY_VERIFY(isBeside("Appliance until now", "Appliance"));
    QVERIFY(isBeside("User name until now", "User name"));
    QVERIFY(told().contains(u"Until now"_s) && told().contains(u"From now on"_s));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Kind"));

    other.permission.login.kind = u"VB365"_s;
    other.permission.login.clientId = u"<b>latchkey"_s;
    ask(other);
    QCOMPARE(value("Kind until now"), u"Azure"_s);
    QCOMPARE(value("Kind"), u"VB365"_s);
    QCOMPARE(value("Client ID"), u"<b>latchkey"_s);
    ask(question());
    QVERIFY(!told().contains(u"Until now"_s));
    for (const char *name : {"Appliance until now", "User name until now", "Kind until now"})
        QVERIFY2(!find<QPlainTextEdit>(*m_window, name), name);
}

void TestConsentWindow::tellsWhatIsProvenAndWhatIsOnlySaid()
{
    const QString proven = u"The system vouches for this"_s;
    const QString said = u"Only the program itself says this"_s;
    const QString forAll = u"allows every script that dash runs"_s;
    ask(question());
    QVERIFY(told().contains(proven) && !told().contains(said));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Script"));
    QVERIFY(!told().contains(u"every script"_s));

    Program program = aProgram(u"/usr/bin/dash"_s);
    program.script = u"/home/alenka/backup.sh"_s;
    program.parents = {u"/usr/bin/bash"_s, u"(cron)"_s};
    ask(question(program));
    QVERIFY(told().contains(said) && told().contains(forAll));
    const auto notices = m_window->findChildren<NoticeLabel *>();
    QVERIFY(std::ranges::any_of(notices, [&](const NoticeLabel *notice) {
        return notice->isVisible() && notice->text().contains(forAll);
    }));
    QCOMPARE(value("Script"), program.script);
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Calls itself"));
    QCOMPARE(value("Started by, as it says"), u"cron"_s);
    QCOMPARE(value("Started by"), u"bash"_s); // nothing stands in both
    QVERIFY(told().contains(u"“backup.sh” (as it says), run by dash, "_s));
    const auto cardOf = [this](const char *name) {
        return find<QPlainTextEdit>(*m_window, name)->parentWidget();
    };
    const auto labels = m_window->findChildren<QLabel *>();
    const auto heading = std::ranges::find(labels, said, &QLabel::text);
    QVERIFY(cardOf("Script") == (*heading)->parentWidget());
    QVERIFY(cardOf("Started by, as it says") == cardOf("Script"));
    QVERIFY(cardOf("Program") == cardOf("Started by"));
    QVERIFY(cardOf("Program")->y() < cardOf("Script")->y());

    auto once = question(program);
    once.isOnceOnly = true;
    ask(once);
    QVERIFY(!told().contains(forAll));
}

void TestConsentWindow::marksWhatAMereClaimIs_data()
{
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY(ctl.exists() || ctl.open(QIODevice::WriteOnly));
    QTest::addColumn<Program>("program");
    QTest::newRow("itself") << aProgram(u"(python3)"_s);
    QTest::newRow("behind latchkeyctl") << ourCommandLine(u"(python3)"_s);
}

void TestConsentWindow::marksWhatAMereClaimIs()
{
    QFETCH(const Program, program);
    ask(question(program));
    QVERIFY(told().contains(u"“python3” (as it says)"_s));
    QVERIFY(told().contains(u"Only the program itself says this"_s));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Program"));
    QCOMPARE(value("Calls itself"), u"python3"_s);
    QVERIFY(told().contains(u"The system vouches for this"_s)); // which is who started it
}

void TestConsentWindow::vouchesForNothingThatIsNotKnown()
{
    ask({u"prod"_s, {4711, {}, {}, {}}, true, 0});
    QVERIFY(told().contains(u"It is not certain which program this is"_s));
    QVERIFY(!told().contains(u"The system vouches for this"_s));
    QVERIFY(!find<QPlainTextEdit>(*m_window, "Program"));
    ask(question());
    QVERIFY(told().contains(u"The system vouches for this"_s));
    QVERIFY(!told().contains(u"which program this is"_s));
}

//! As it is to be compared by eye, the whole fingerprint is there.
void TestConsentWindow::warnsOfACertificate()
{
    auto trust = question();
    const QString before = anotherFingerprint().toText();
    const QString now = aCertificate().fingerprint.toText();
    trust.permission = {Permission::Trust, {u"https://a.test"_s}, {}, now, before};
    ask(trust);
    QVERIFY(told().contains(u"Get the fingerprint from whoever runs the appliance"_s));
    QCOMPARE(value("Fingerprint"), now);
    const auto *old = find<QPlainTextEdit>(*m_window, "Trusted fingerprint");
    const auto *wanted = find<QPlainTextEdit>(*m_window, "Fingerprint");
    QCOMPARE(old->y(), wanted->y());
    for (const auto *shown : {old, wanted})
        QVERIFY(shown->viewport()->height() >= 4 * shown->fontMetrics().lineSpacing());
    ask(question());
    QVERIFY(!told().contains(u"Get the fingerprint from whoever runs the appliance"_s));
}

void TestConsentWindow::warnsInTheColorsOfTheDesktop()
{
    auto trust = question();
    trust.permission = {
        Permission::Trust, {u"https://a.test"_s}, {}, aCertificate().fingerprint.toText(), {}};
    ask(trust);
    const auto labels = m_window->findChildren<QLabel *>();
    const auto icon = std::ranges::max_element(
        labels, {}, [](const QLabel *label) { return label->pixmap().width(); });
    const QImage before = (*icon)->pixmap().toImage();
    m_window->setPalette(darkPalette());
    QVERIFY((*icon)->pixmap().toImage() != before);
}

void TestConsentWindow::saysWhyItCannotBeAllowedYet()
{
    const QString why = u"The button works in a moment."_s;
    ask(question());
    QVERIFY(told().contains(why));
    QVERIFY(accessible(allow(), QAccessible::Description).contains(why));
    QTRY_VERIFY(allow()->isEnabled());
    QVERIFY(!told().contains(why));
    QVERIFY(accessible(allow(), QAccessible::Description).isEmpty());
}

QTEST_MAIN(TestConsentWindow)
#include "tst_consentwindow.moc"
