// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/evidencecard.h"

#include "agent/access/consent.h"
#include "wire/http/certificate.h"

#include <QDialog>
#include <QTimer>

#include <array>

class QCheckBox;
class QLabel;
class QPushButton;
class QRadioButton;

namespace latchkey::ui {

class ConsentRequest;
class NoticeLabel;
class ValueGroup;
struct ProgramView;

//! Asks a person whether a program may have a session's token, or do more. Does not take the focus.
//! Keys and clicks that were meant for another window cannot say yes: no button is the default, and
//! "Allow" is disabled for `readingTime` whenever there is something new to read.
class ConsentWindow final : public QDialog {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds readingTime{500};

    explicit ConsentWindow(QWidget *parent = nullptr);

    //! Shows \a question in place of the one before. False, and nothing changes, where that is the
    //! same. \a seen: the certificate that the session's appliance shows, if any. decided() follows
    //! once, unless takeBack() comes first.
    bool ask(const ConsentPrompt::Question &question, const std::optional<Certificate> &seen = {});
    void takeBack();

    //! What is asked, in a sentence.
    [[nodiscard]] QString sentence() const { return m_sentence; }

    //! Escape and closing the window mean no.
    void reject() override;

Q_SIGNALS:
    void decided(latchkey::Decision decision);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Choice {
        QRadioButton *button;
        Decision decision;
    };
    using Row = EvidenceCard::Row;
    [[nodiscard]] QLayout *makeHeader();
    void makeCards(ValueGroup &values);
    [[nodiscard]] QLayout *makeChoices();
    [[nodiscard]] QLayout *makeButtons();
    [[nodiscard]] bool isShowing(const ConsentPrompt::Question &question) const;
    void fillIn(const ConsentPrompt::Question &question, const std::optional<Certificate> &seen);
    void showProgram(const ProgramView &program);
    void setSentence(const QString &sentence);
    void drawIcon();
    void offer(Permission::What what, bool isOnceOnly);
    [[nodiscard]] static QString notCertain(bool isToken);
    void setReady();
    [[nodiscard]] QString whyNotReady() const;
    void showHint();
    void appear();
    void allow();
    void decide(Decision decision);

    std::optional<ConsentPrompt::Question> m_question;
    QString m_sentence;
    QLabel *m_icon;
    QLabel *m_text;
    ConsentRequest *m_request = nullptr;
    EvidenceCard *m_proven;
    Row m_program;
    Row m_through;
    Row m_startedBy;
    Row m_terminal;
    EvidenceCard *m_said;
    Row m_script;
    Row m_ownName;
    Row m_ownStarters;
    //! To be ticked before a certificate is trusted.
    QCheckBox *m_isConfirmed;
    QLabel *m_choicesCaption;
    std::array<Choice, 4> m_choices;
    NoticeLabel *m_notCertain;
    NoticeLabel *m_forAllScripts;
    QLabel *m_hint;
    //! How many more questions wait.
    qsizetype m_waiting = 0;
    QPushButton *m_deny;
    QPushButton *m_allow;
    QTimer m_reading;
};

} // namespace latchkey::ui
