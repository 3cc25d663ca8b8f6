// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/application.h"

#include "widgets/fields/secretfield.h"

#include "ui/uifixture.h"

#include <QVBoxLayout>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

//! Sees what Qt would tell the accessibility bus: keys from outside, at the gate.
class Gate final : public QObject {
public:
    Gate() { qApp->installEventFilter(this); }

    QString told;

protected:
    bool eventFilter(QObject *receiver, QEvent *event) override
    {
        const bool isFromOutside = receiver->isWindowType() && event->spontaneous();
        if (isFromOutside && event->type() == QEvent::KeyPress)
            told += static_cast<QKeyEvent *>(event)->text();
        return false;
    }
};

} // namespace

class TestApplication : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void keysOfAPlainFieldAreTold();
    void keysOfASecretAreNot();
    void commandsInASecretAreKeptInTheirPlace();

private:
    //! As if the window system sent it.
    void typeOutside(const QString &text) const
    {
        for (const QChar c : text)
            QTest::keyClick(m_window->windowHandle(), c.toLatin1());
    }

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_plain = nullptr;
    SecretField *m_secret = nullptr;
};

void TestApplication::init()
{
    failOnUiWarning();
    m_window = std::make_unique<QWidget>();
    m_plain = new QLineEdit;
    m_secret = new SecretField;
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_plain);
    layout->addWidget(m_secret);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestApplication::keysOfAPlainFieldAreTold()
{
    const Gate gate;
    m_plain->setFocus();
    typeOutside(u"kanari"_s);
    QCOMPARE(m_plain->text(), u"kanari"_s);
    QCOMPARE(gate.told, u"kanari"_s);
}

void TestApplication::keysOfASecretAreNot()
{
    const Gate gate;
    m_secret->setFocus();
    typeOutside(u"secret"_s);
    QCOMPARE(m_secret->secret(), secret("secret"));
    QCOMPARE(gate.told, QString());
}

void TestApplication::commandsInASecretAreKeptInTheirPlace()
{
    const Gate gate;
    m_secret->setFocus();
    typeOutside(u"ab"_s);
    QTest::keyClick(m_window->windowHandle(), Qt::Key_Backspace);
    typeOutside(u"c"_s);
    QCOMPARE(m_secret->secret(), secret("ac"));
    QTest::keyClick(m_window->windowHandle(), Qt::Key_Backtab);
    QCOMPARE(m_window->focusWidget(), m_plain);
    QCOMPARE(gate.told, QString());
}

int main(int argc, char *argv[])
{
    Application application(argc, argv);
    TestApplication test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_application.moc"
