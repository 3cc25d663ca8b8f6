// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "about/reportwindow.h"

#include "base/messagelog.h"
#include "base/wholefile.h"
#include "support/fakedoctor.h"
#include "ui/uifixture.h"
#include "widgets/fields/loglevelbox.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestReportWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void writesWhatWasFound();
    void writesNothingWithASecretInIt();
    void needsNoMoreRoomThanBefore();
    void tellsWhatCannotBeWritten();
    void asksWhereTo();
    void leavesWhileItLooks();
    void turnsTheLogOn();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"report.json"_s); }
    [[nodiscard]] QString text() const { return words<QLabel>(*m_window); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MessageLog> m_log;
    QPointer<FakeDoctor> m_doctor;
    std::unique_ptr<ReportWindow> m_window;
};

namespace {

void settle()
{
    for (int round = 0; round < 10; ++round)
        QCoreApplication::processEvents();
}

} // namespace

void TestReportWindow::init()
{
    failOnUiWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<MessageLog>(
        MessageLog::Place{m_folder->filePath(u"log.txt"_s), m_folder->filePath(u"log.json"_s)});
    const auto makeDoctor = [this](const QString &) {
        auto doctor = std::make_unique<FakeDoctor>();
        m_doctor = doctor.get();
        return doctor;
    };
    const auto makeReport = [](const QJsonObject &examination) {
        const QJsonValue secret = examination.value("secret"_L1);
        return secret.isUndefined() ? Report(examination) : Report(Leak{1, secret.toString()});
    };
    m_window = std::make_unique<ReportWindow>(*m_log, makeDoctor, makeReport, FakeClock().clock());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestReportWindow::cleanup()
{
    m_window.reset();
    m_log->setLevel(LogLevel::Off);
}

void TestReportWindow::writesWhatWasFound()
{
    m_window->saveTo(path());
    QVERIFY(text().contains(u"Looking at everything…"_s));
    QVERIFY(!find<QPushButton>(*m_window, "Save report…")->isEnabled());
    Q_EMIT m_doctor->examined({{u"program"_s, u"latchkey"_s}});
    QVERIFY(text().contains("Written to "_L1 + path()));
    QVERIFY(find<QPushButton>(*m_window, "Save report…")->isEnabled());
    const auto written = QJsonDocument::fromJson(readWhole(path()).value());
    QCOMPARE(written["program"_L1].toString(), u"latchkey"_s);
    QCOMPARE(QFileInfo(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
}

void TestReportWindow::writesNothingWithASecretInIt()
{
    m_window->saveTo(path());
    Q_EMIT m_doctor->examined({{u"secret"_s, true}});
    QVERIFY(text().contains("Nothing was written: a secret would have been in it"_L1));
    QVERIFY(
        text().contains("It is in the name of session number 1 of those that latchkeyctl list"_L1));
    QVERIFY(!QFile::exists(path()));
    m_window->saveTo(path());
    Q_EMIT m_doctor->examined({{u"secret"_s, u"prod"_s}});
    QVERIFY(text().contains("what is told of prod holds a secret"_L1));
    m_window->saveTo(path());
    QVERIFY(!text().contains("Nothing was written"_L1));
}

//! Else its buttons would be squeezed by a hint that is not there any more.
void TestReportWindow::needsNoMoreRoomThanBefore()
{
    const auto least = [this] {
        settle();
        return m_window->layout()->totalMinimumSize().width();
    };
    const int before = least();
    m_window->saveTo(path());
    QVERIFY(least() > before);
    Q_EMIT m_doctor->examined({});
    QVERIFY(least() <= before);
}

void TestReportWindow::tellsWhatCannotBeWritten()
{
    m_window->saveTo(u"/proc/report.json"_s);
    Q_EMIT m_doctor->examined({});
    QVERIFY(text().contains("Nothing was written to /proc/report.json"_L1));
}

void TestReportWindow::asksWhereTo()
{
    click<QPushButton>(*m_window, "Save report…");
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QVERIFY(!m_doctor);
    Q_EMIT dialog->fileSelected(path());
    dialog->close();
    QVERIFY(m_doctor);
}

void TestReportWindow::leavesWhileItLooks()
{
    m_window->saveTo(path());
    m_window.reset();
    QVERIFY(!m_doctor);
}

void TestReportWindow::turnsTheLogOn()
{
    auto *box = m_window->findChild<LogLevelBox *>();
    QVERIFY(box);
    QCOMPARE(box->currentText(), u"Off"_s);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(m_log->level(), LogLevel::Info);
}

QTEST_MAIN(TestReportWindow)
#include "tst_reportwindow.moc"
