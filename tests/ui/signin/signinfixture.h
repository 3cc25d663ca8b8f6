// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "signin/loginwindow.h"
#include "widgets/fields/secretfield.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace latchkey::test {

//! A sign-in window on a desk of sessions, and the hands of the person before it.
class SignInTest : public QObject {
protected:
    void begin()
    {
        failOnUiWarning();
        m_desk = std::make_unique<UiFixture>();
        m_window = std::make_unique<ui::LoginWindow>(m_desk->sessions(), m_desk->kinds());
    }
    void end()
    {
        m_window.reset();
        m_desk.reset();
    }

    void open()
    {
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    //! The button is there only where something is folded away.
    void unfold()
    {
        auto *more = find<QToolButton>(*m_window, "More");
        if (more && !more->isChecked())
            more->click();
    }
    void fillIn(const QString &password = QStringLiteral("secret"))
    {
        m_window->prefill(QStringLiteral("https://prod.example.com"), QStringLiteral("operator"));
        secretField("Password")->selectAll();
        secretField("Password")->put(password);
        chooseKind(QStringLiteral("azure"));
    }
    //! As a person does it.
    void chooseKind(const QString &id)
    {
        QComboBox *box = kindBox();
        box->setCurrentIndex(box->findData(id));
        Q_EMIT box->activated(box->currentIndex());
    }
    //! Types an address and leaves the field.
    void typeAddress(const QString &address)
    {
        open();
        type(*m_window, address);
        press(*m_window, Qt::Key_Tab);
    }
    //! Signs in until the appliance asks for a code.
    void submitToCode()
    {
        open();
        fillIn();
        press(*m_window, Qt::Key_Return);
        m_desk->client(QStringLiteral("prod")).answer(CodeAsked{secret("ticket")});
    }

    //! Answers the search for the kind: those kinds are there, at those ports.
    void answerAs(const QMultiMap<QString, int> &appliances)
    {
        answerAll([&](FakeReply &reply) {
            const Kind::Check *answer = nullptr;
            static const QList<Kind> kinds = shippedKinds().all();
            for (const Kind &kind : kinds) {
                for (const Kind::Check &check : kind.recognition) {
                    const bool isThere = appliances.contains(kind.id, reply.url().port(443));
                    answer = isThere && check.path == reply.url().path() ? &check : answer;
                }
            }
            if (!answer)
                return reply.end(QNetworkReply::ConnectionRefusedError);
            QJsonObject body;
            for (const QString &member : answer->has)
                body.insert(member, QStringLiteral("told"));
            reply.answer(answer->statuses.first(), QJsonDocument(body).toJson(),
                answer->contentType.isEmpty() ? QByteArray("application/json")
                                              : answer->contentType,
                QNetworkReply::ProtocolInvalidOperationError);
        });
    }
    void answerAll(const std::function<void(FakeReply &)> &answer)
    {
        const int count = m_desk->network().count(); // an answer may lead to another question
        for (int i = 0; i < count; ++i) {
            FakeReply *reply = m_desk->network().reply(i);
            if (reply && !reply->isFinished())
                answer(*reply);
        }
    }
    //! The same, but nobody vouches for what they show. They are asked once more.
    void answerUntrustedAs(const QMultiMap<QString, int> &appliances)
    {
        int asked = 0;
        const auto show = [&](FakeReply &reply) {
            ++asked;
            reply.meetUntrustedCertificate();
        };
        const int before = m_desk->network().count();
        answerAll(show);
        QTRY_COMPARE(m_desk->network().count(), before + asked);
        answerAll(show);
        answerAs(appliances);
    }
    //! A window that knows the kind of the file as well.
    void useKind(const KindFile &file)
    {
        m_window = std::make_unique<ui::LoginWindow>(
            m_desk->sessions(), ui::KindSource{*file.kinds, m_desk->kinds().makeSearch});
    }

    [[nodiscard]] QComboBox *kindBox() { return m_window->findChild<QComboBox *>(); }
    [[nodiscard]] QLineEdit *field(const char *name) { return find<QLineEdit>(*m_window, name); }
    [[nodiscard]] ui::SecretField *secretField(const char *name)
    {
        return find<ui::SecretField>(*m_window, name);
    }
    [[nodiscard]] QString words() { return test::words<QLabel>(*m_window); }
    void click(const char *name) { test::click<QPushButton>(*m_window, name); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<ui::LoginWindow> m_window;
};

} // namespace latchkey::test
