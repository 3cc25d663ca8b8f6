// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/valuegroup.h"

#include "ui/uifixture.h"
#include "widgets/fields/valuefield.h"

#include <QApplication>
#include <QPushButton>
#include <QVBoxLayout>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestValueGroup final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void isOneStop();
    void arrowsLeadFromOneToTheNext();
    void remembersWhereTheKeyboardWas();
    void skipsWhatIsHidden();

private:
    std::unique_ptr<QWidget> m_window;
    QList<ValueField *> m_fields;
    QPushButton *m_after = nullptr;
};

void TestValueGroup::init()
{
    failOnUiWarning();
    m_window = std::make_unique<QWidget>();
    m_fields.clear();
    auto *layout = new QVBoxLayout(m_window.get());
    auto *group = new ValueGroup(m_window.get());
    for (const QString &name : {u"State"_s, u"User"_s, u"Role"_s}) {
        m_fields.append(new ValueField(name));
        layout->addWidget(m_fields.last());
        group->add(m_fields.last());
    }
    m_after = new QPushButton;
    layout->addWidget(m_after);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_fields.first()->setFocus();
}

void TestValueGroup::isOneStop()
{
    press(*m_window, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
    press(*m_window, Qt::Key_Tab);
    QVERIFY(m_fields.first()->hasFocus());
}

void TestValueGroup::arrowsLeadFromOneToTheNext()
{
    press(*m_window, Qt::Key_Down);
    QVERIFY(m_fields[1]->hasFocus());
    press(*m_window, Qt::Key_Down);
    press(*m_window, Qt::Key_Down);
    QVERIFY(m_fields[2]->hasFocus());
    press(*m_window, Qt::Key_Up);
    QVERIFY(m_fields[1]->hasFocus());
}

void TestValueGroup::remembersWhereTheKeyboardWas()
{
    press(*m_window, Qt::Key_Down);
    press(*m_window, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
    press(*m_window, Qt::Key_Backtab);
    QVERIFY(m_fields[1]->hasFocus());
}

void TestValueGroup::skipsWhatIsHidden()
{
    m_fields[1]->hide();
    press(*m_window, Qt::Key_Down);
    QVERIFY(m_fields[2]->hasFocus());
    m_after->setFocus();
    m_fields[2]->hide();
    press(*m_window, Qt::Key_Tab);
    QVERIFY(m_fields[0]->hasFocus());
}

QTEST_MAIN(TestValueGroup)
#include "tst_valuegroup.moc"
