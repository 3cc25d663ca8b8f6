// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionmodel.h"
#include "signin/kindfield.h"
#include "widgets/plaintext.h"
#include "wire/http/applianceprobe.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/handouts.h"
#include "support/replies.h"
#include "support/saving.h"

#include <QAccessible>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

namespace latchkey::test {

//! Sessions with fake ports, for windows to work on.
class UiFixture {
public:
    UiFixture() { saveAccountsOf(m_sessions); }

    //! Answers for the appliance of that session.
    [[nodiscard]] FakeTokenClient &client(const QString &name) { return *m_clients.value(name); }
    [[nodiscard]] Session &session(const QString &name) { return *m_sessions.find(name); }
    [[nodiscard]] SessionModel &sessions() { return m_sessions; }
    [[nodiscard]] FakeClock &clock() { return m_clock; }
    [[nodiscard]] HandOuts &handOuts() { return m_handOuts; }
    [[nodiscard]] Ledger &ledger() { return m_handOuts.ledger; }
    //! Kinds that are found out by network().
    [[nodiscard]] ui::KindSource kinds()
    {
        return {shippedKinds(), [this] {
                    return std::make_unique<KindSearch>(
                        shippedKinds(), m_network.factory(), m_deadlines);
                }};
    }
    [[nodiscard]] FakeNetwork &network() { return m_network; }
    //! Looks by way of network().
    [[nodiscard]] std::unique_ptr<ApplianceProbe> makeProbe(const Account &account)
    {
        return std::make_unique<ApplianceProbe>(
            account.server, account.pin, m_network.factory(), m_deadlines);
    }
    [[nodiscard]] std::shared_ptr<FakeVault> vault() { return m_vault; }

    //! The session is there, and its password has been sent.
    Session &signIn(const QString &name, const QString &user = QStringLiteral("operator"))
    {
        Account draft = anAccount();
        draft.name = name;
        draft.user = user;
        const QString host = QString(name).remove(u'&');
        draft.server = QUrl(QStringLiteral("https://%1.example.com").arg(host));
        const auto result = m_sessions.signIn(draft, secret("password"));
        return *result.value();
    }
    Session &signedIn(const QString &name, std::chrono::seconds life = std::chrono::hours(1))
    {
        Session &session = signIn(name);
        client(name).answer(granted(1, m_clock.now(), life));
        return session;
    }
    void grant(const QString &name, int number)
    {
        client(name).answer(granted(number, m_clock.now()));
    }
    void refuse(const QString &name, AuthError::Type type)
    {
        client(name).answer(AuthError{type, 0, {}, {}});
    }
    void advance(Milliseconds span)
    {
        m_clock.advance(span);
        m_deadlines.look();
    }

private:
    [[nodiscard]] std::unique_ptr<Session> make(const Account &account)
    {
        auto client = std::make_unique<FakeTokenClient>();
        m_clients.insert(account.name, client.get());
        return std::make_unique<Session>(account, std::move(client), storeOn(m_vault),
            RefreshPolicy([] { return 0.5; }), SessionHistory(), m_deadlines);
    }

    FakeClock m_clock;
    DeadlineQueue m_deadlines{m_clock.clock()};
    FakeNetwork m_network;
    HandOuts m_handOuts{m_deadlines};
    std::shared_ptr<FakeVault> m_vault = std::make_shared<FakeVault>();
    QHash<QString, FakeTokenClient *> m_clients;
    SessionModel m_sessions{[this](const Account &account) {
        return make(account);
    }};
};

//! The kinds with one more, `nimbus`, for as long as its file is there.
class KindFile {
public:
    KindFile()
    {
        QFile shipped(QStringLiteral(":/kinds/azure.json"));
        QFile file(path());
        QVERIFY(shipped.open(QIODevice::ReadOnly) && file.open(QIODevice::WriteOnly));
        file.write(shipped.readAll()
                .replace("\"azure\"", "\"nimbus\"")
                .replace("Veeam Backup for Microsoft Azure", "Nimbus"));
        file.close();
        kinds = std::make_unique<Kinds>(QStringList{m_folder.path()});
    }
    //! Returns once the kinds have noticed.
    void remove()
    {
        QVERIFY(QFile::remove(path()));
        QTRY_VERIFY(!kinds->find(QStringLiteral("nimbus")));
    }

    std::unique_ptr<Kinds> kinds;

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("nimbus.json")); }

    QTemporaryDir m_folder;
};

//! For init(). The offscreen platform says what it cannot do; that is no warning of ours.
inline void failOnUiWarning()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(
        "^(?!This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
        "|QObject::connect: No such signal QPlatformNativeInterface::systemTray)")));
}

[[nodiscard]] inline QString accessible(const QWidget *widget, QAccessible::Text what)
{
    QAccessibleInterface *interface =
        QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
    return interface ? interface->text(what) : QString();
}

//! What an assistive tool finds under that name; null when there is nothing, or it is hidden.
template<typename Widget> [[nodiscard]] Widget *find(const QWidget &window, const char *name)
{
    const QList<Widget *> widgets = window.findChildren<Widget *>();
    for (Widget *widget : widgets) {
        const bool isShown = widget->isVisibleTo(&window);
        if (isShown && accessible(widget, QAccessible::Name) == QString::fromUtf8(name))
            return widget;
    }
    return nullptr;
}

//! Everything that can be read in a window.
template<typename Label> [[nodiscard]] QString words(const QWidget &window)
{
    QStringList texts;
    const QList<Label *> labels = window.findChildren<Label *>();
    for (const Label *label : labels) {
        if (label->isVisibleTo(&window))
            texts.append(ui::withoutBreaks(label->text()));
    }
    return texts.join(u'\n');
}

template<typename Button> void click(const QWidget &window, const char *name)
{
    auto *button = find<Button>(window, name);
    QVERIFY2(button, name);
    QTest::mouseClick(button, Qt::LeftButton);
}

inline void press(QWidget &window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget *receiver = window.focusWidget() ? window.focusWidget() : &window;
    QTest::keyClick(receiver, key, modifiers);
}

inline void type(QWidget &window, const QString &text)
{
    QTest::keyClicks(window.focusWidget(), text);
}

} // namespace latchkey::test
