// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "signin/moreoptions.h"
#include "wire/oauth/grant.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace latchkey::ui {

class BusyHint;
class FormHead;
class PlaceNote;

//! The first page of the sign-in window: who signs in where. Once an address is complete, the
//! appliance is looked at without any credential, so that its kind and its certificate are known
//! before a password is typed. Another address throws away what was seen.
class LoginForm final : public QWidget {
    Q_OBJECT
public:
    //! Whoever has not typed for that long is not typing any more.
    static constexpr std::chrono::milliseconds restTime{1200};

    LoginForm(MoreOptions::IsTaken isTaken, KindSource kinds, QWidget *parent = nullptr);

    //! Fills in what is known beforehand; a field whose text is empty is left to the person.
    void prefill(const QString &server, const QString &user);
    //! Warns that the person has not typed the address.
    void sayItWasFilledIn();
    //! Shows an account that exists, and asks for its password.
    void setAccount(const Account &account);
    //! Names the keychain that holds the key to what is kept; an empty name where there is none.
    void setKeychain(const QString &name);
    //! A person has accepted what certificateSeen() has told of.
    void trust(const Fingerprint &fingerprint) { m_pin = fingerprint; }

    [[nodiscard]] Account draft() const;
    [[nodiscard]] QString server() const;
    [[nodiscard]] Credentials credentials() const;
    void wipePassword();

    //! Marks the first wrong field and puts the focus there. True when there is none.
    [[nodiscard]] bool check();
    //! False while the kind of the appliance is not settled. Asks the appliance then; submitted()
    //! follows once it is, unless the person has to see first what this kind tells or asks.
    [[nodiscard]] bool hasKind();
    //! Looks at the appliance, if the address is complete.
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
    //! The appliance was looked at, and nobody vouches for what it showed; told once an address,
    //! and not to somebody who is typing.
    void certificateSeen(const latchkey::Certificate &certificate);
    void submitted();
    void cancelled();

private:
    void makeRows();
    [[nodiscard]] QLayout *makeKeep();
    [[nodiscard]] ValidatedLineEdit *fieldOf(AccountProblem problem) const;
    [[nodiscard]] QList<ValidatedLineEdit *> fields() const;
    [[nodiscard]] QString place() const;
    void markPassword();
    [[nodiscard]] std::optional<AccountProblem> problemOfTheName() const;
    void showLooking();
    void onServerChanged();
    void tellOfTheAppliance();
    void onLooked();
    void tellOfCertificate();
    void goOn();
    void focusOpenQuestion();
    void sayWhere();

    FormHead *m_head;
    QFormLayout *m_rows;
    ValidatedLineEdit *m_server;
    //! What is known of the appliance.
    PlaceNote *m_place;
    ValidatedLineEdit *m_user;
    SecretField *m_secret;
    ValidatedLineEdit *m_password;
    QCheckBox *m_keep;
    QLabel *m_where;
    MoreOptions *m_more = nullptr;
    BusyHint *m_busy;
    QPushButton *m_signIn;
    QPushButton *m_cancel;
    //! Nothing until somebody has told.
    std::optional<QString> m_keychain;
    //! What a person has accepted for this address; empty where nothing had to be.
    Fingerprint m_pin;
    //! What certificateSeen() has told of.
    Fingerprint m_seen;
    //! Active while somebody is typing.
    QTimer m_rest{this};
    bool m_isOfAccount = false;
    //! It was submitted, and waits for the kind.
    bool m_isSubmitted = false;
};

} // namespace latchkey::ui
