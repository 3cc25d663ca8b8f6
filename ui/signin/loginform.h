// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "session/account.h"
#include "signin/kindfield.h"
#include "wire/oauth/grant.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace latchkey::ui {

class BusyHint;
class NoticeLabel;
class ValidatedLineEdit;
class SecretField;

//! The first page of the sign-in window: who signs in where. Tells bad input at the field.
class LoginForm final : public QWidget {
    Q_OBJECT
public:
    using IsTaken = std::function<bool(const QString &name)>;

    //! \a isTaken tells which names exist, so that another one is suggested.
    LoginForm(IsTaken isTaken, KindSource kinds, QWidget *parent = nullptr);

    //! Fills in what is known beforehand; a field whose text is empty is left to the person.
    void prefill(const QString &server, const QString &user, const QString &name);
    //! Shows an account that exists: its password and the two check boxes can be changed.
    void setAccount(const Account &account);

    [[nodiscard]] Account draft() const;
    [[nodiscard]] QString server() const;
    [[nodiscard]] Credentials credentials() const;
    void wipePassword();

    //! Shows every problem at its field and puts the focus at the first. True when there is none.
    [[nodiscard]] bool check();
    //! False while the kind of the appliance is not settled. Asks the appliance then; submitted()
    //! follows once it is, unless the person has to see first what this kind tells or asks.
    [[nodiscard]] bool hasKind();
    //! Asks the appliance which kind it is of, if the address is complete.
    void look();
    void showProblem(AccountProblem problem);
    //! Shows what the appliance answered; an empty sentence hides it.
    void showRefusal(const QString &sentence);
    void setBusy(bool isBusy);
    void focusFirstOpenField();
    void focusPassword();
    void focusServer();
    [[nodiscard]] QPushButton *defaultButton() const { return m_signIn; }

Q_SIGNALS:
    void submitted();
    void cancelled();

private:
    [[nodiscard]] ValidatedLineEdit *addField(
        const QString &label, const QString &name, QLineEdit *edit);
    [[nodiscard]] ValidatedLineEdit *fieldOf(AccountProblem problem) const;
    [[nodiscard]] QList<ValidatedLineEdit *> fields() const;
    [[nodiscard]] QString suggestedName() const;
    void suggestName();
    void showLooking();
    void forgetKind();
    void onLooked();
    void focusOpenQuestion();
    void showFieldsOfTheKind();

    IsTaken m_isTaken;
    QFormLayout *m_rows;
    NoticeLabel *m_refusal;
    SecretField *m_secret;
    ValidatedLineEdit *m_server;
    ValidatedLineEdit *m_user;
    ValidatedLineEdit *m_password;
    ValidatedLineEdit *m_name;
    KindField *m_kind;
    ValidatedLineEdit *m_clientId;
    SecretField *m_clientSecret;
    ValidatedLineEdit *m_clientSecretField;
    QCheckBox *m_keep;
    QCheckBox *m_shortLived;
    BusyHint *m_busy;
    QPushButton *m_signIn;
    QPushButton *m_cancel;
    QString m_suggestion;
    bool m_hasOwnName = false;
    //! It was submitted, and waits for the kind.
    bool m_isSubmitted = false;
};

} // namespace latchkey::ui
