// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settingsdialog.h"

#include "config/settings.h"
#include "support/settingsrig.h"
#include "ui/settings/named.h"
#include "ui/uifixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSettingsDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void hasAPageForEachConcern();
    void takesOnePageMore();
    void enterInAFieldLeavesItOpen();
    void tellsOfAPolicyWithAFault();
    void saysWhatTheAdministratorHasSet_data();
    void saysWhatTheAdministratorHasSet();
    void cutsNothingAtItsMinimum_data();
    void cutsNothingAtItsMinimum();

private:
    void open(int page);
    [[nodiscard]] QWidget *controlNamed(const QString &name) const;
    [[nodiscard]] bool hasLockBeside(const QWidget *control) const;

    std::unique_ptr<SettingsRig> m_rig;
    std::unique_ptr<SettingsDialog> m_dialog;
};

void TestSettingsDialog::init()
{
    failOnUiWarning();
    m_dialog.reset();
    m_rig = std::make_unique<SettingsRig>();
    m_dialog = std::make_unique<SettingsDialog>(m_rig->settings(),
        Autostart{[] { return false; },
            [](bool) {
                return true;
            }},
        QStringList{u"de"_s});
    m_dialog->show();
}

void TestSettingsDialog::open(int page)
{
    m_dialog->findChild<QTabWidget *>()->setCurrentIndex(page);
}

QWidget *TestSettingsDialog::controlNamed(const QString &name) const
{
    const QByteArray text = name.toUtf8();
    QWidget *const found[] = {find<QCheckBox>(*m_dialog, text.constData()),
        named<QComboBox>(*m_dialog, text.constData()), find<QSpinBox>(*m_dialog, text.constData()),
        find<QLineEdit>(*m_dialog, text.constData())};
    const auto first = std::ranges::find_if(found, [](const QWidget *widget) { return widget; });
    return first == std::end(found) ? nullptr : *first;
}

void TestSettingsDialog::hasAPageForEachConcern()
{
    const auto *pages = m_dialog->findChild<QTabWidget *>();
    QStringList titles;
    for (int page = 0; page < pages->count(); ++page)
        titles.append(pages->tabText(page));
    QCOMPARE(titles, QStringList({u"&General"_s, u"S&ecurity"_s, u"&Network"_s}));
    QVERIFY(!m_dialog->isModal());
}

void TestSettingsDialog::takesOnePageMore()
{
    m_dialog->addPage(new QWidget, u"Programs"_s);
    QCOMPARE(m_dialog->findChild<QTabWidget *>()->tabText(3), u"Programs"_s);
}

void TestSettingsDialog::enterInAFieldLeavesItOpen()
{
    m_rig->settings().set(
        &SettingValues::proxy, ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 3128, {}});
    open(2);
    auto *host = find<QLineEdit>(*m_dialog, "Host");
    host->setText(u"not a host"_s);
    QTest::keyClick(host, Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());
}

void TestSettingsDialog::tellsOfAPolicyWithAFault()
{
    QVERIFY(!words<QLabel>(*m_dialog).contains(u"fault"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The administrator's policy: "_s));
    m_rig->decree(R"({"kinds": 1})");
    QVERIFY(words<QLabel>(*m_dialog).contains(u"policy.json: kinds is not a list"_s));
}

bool TestSettingsDialog::hasLockBeside(const QWidget *control) const
{
    const auto placeOf = [this](const QWidget *widget) {
        return QRect(widget->mapTo(m_dialog.get(), QPoint()), widget->size());
    };
    QCoreApplication::processEvents(); // lays it out
    const QRect place = placeOf(control);
    const auto labels = m_dialog->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        const QRect mark = placeOf(label);
        return label->isVisible() && label->toolTip() == u"Set by your administrator"
            && mark.left() > place.right() && mark.top() < place.bottom()
            && mark.bottom() > place.top();
    });
}

void TestSettingsDialog::saysWhatTheAdministratorHasSet_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QString>("control");
    QTest::addColumn<QVariant>("shown");
    const auto row = [](const char *setting, int page, const char *control, const QVariant &shown) {
        QTest::newRow(setting) << page << QByteArray(setting) << QString::fromLatin1(control)
                               << shown;
    };
    row(R"("autostart": true)", 0, "Start Latchkey when I sign in to this computer", false);
    row(R"("language": "de")", 0, "Language", u"Deutsch"_s);
    row(R"("appearance": "light")", 0, "Appearance", u"Light"_s);
    row(R"("trayIcon": "symbol")", 0, "Tray icon", u"As a symbol"_s);
    row(R"("lock": false)", 1, "Lock when the screen locks or the computer sleeps", false);
    row(R"("clipboardSeconds": 0)", 1,
        "Clear a copied token once it is pasted, at the latest after:", false);
    row(R"("clipboardSeconds": 20)", 1, "Seconds until a copied token is cleared", 20);
    row(R"("newSessions": "never")", 1, "Programs, in new sessions", u"Never"_s);
    row(R"("proxy": {"use": "none"})", 2, "Proxy", u"None"_s);
    row(R"("proxy": {"use": "own", "host": "p.example", "port": 81, "user": "u"})", 2, "Host",
        u"p.example"_s);
    row(R"("proxy": {"use": "own", "host": "p.example", "port": 82, "user": "u"})", 2, "Port", 82);
    row(R"("proxy": {"use": "own", "host": "p.example", "port": 83, "user": "u"})", 2, "User name",
        u"u"_s);
}

void TestSettingsDialog::saysWhatTheAdministratorHasSet()
{
    QFETCH(const int, page);
    QFETCH(const QByteArray, setting);
    QFETCH(const QString, control);
    QFETCH(const QVariant, shown);
    open(page);
    QWidget *widget = controlNamed(control);
    QVERIFY(widget);
    QVERIFY(!words<QLabel>(*m_dialog).contains(u"Set by your administrator"_s));
    m_rig->decree("{\"settings\": {" + setting + "}}");
    QVERIFY(!widget->isEnabled());
    QVERIFY(words<QLabel>(*m_dialog).contains(u"Set by your administrator"_s));
    QVERIFY(accessible(widget, QAccessible::Description).startsWith(u"Set by your"_s));
    QVERIFY(hasLockBeside(widget));
    QCOMPARE(widget->metaObject()->userProperty().read(widget), shown);
    m_rig->decree("{}");
    QVERIFY(!words<QLabel>(*m_dialog).contains(u"Set by your administrator"_s));
}

void TestSettingsDialog::cutsNothingAtItsMinimum_data()
{
    QTest::addColumn<int>("page");
    for (int page = 0; page < 3; ++page)
        QTest::addRow("%d", page) << page;
}

//! With all that may be said, as it is once all of it is set by the administrator, and with long
//! words.
void TestSettingsDialog::cutsNothingAtItsMinimum()
{
    QFETCH(const int, page);
    open(page);
    m_rig->decree(R"({"settings": {"autostart": true, "language": "de", "appearance": "light",
        "trayIcon": "symbol", "lock": true, "clipboardSeconds": 20, "newSessions": "ask",
        "proxy": {"use": "own", "host": "proxy.example.com", "port": 3128}}})");
    QFont large = m_dialog->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_dialog->setFont(large);
    QCoreApplication::processEvents();
    m_dialog->resize(1, 1);
    QCoreApplication::processEvents();
    QVERIFY2(m_dialog->width() <= 960 && m_dialog->height() <= 540,
        qPrintable(u"%1x%2"_s.arg(m_dialog->width()).arg(m_dialog->height())));
    for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
        if (label->isVisible() && label->wordWrap()) {
            QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                qPrintable(label->text()));
        }
    }
    for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->parentWidget() && !widget->layout()
            && qobject_cast<const QAbstractButton *>(widget))
            QVERIFY2(widget->width() >= widget->minimumSizeHint().width(),
                qPrintable(accessible(widget, QAccessible::Name)));
    }
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
