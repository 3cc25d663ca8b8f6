// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace latchkey {
struct Account;
}

namespace latchkey::ui {

class Heading;
class NoticeLabel;
class PlainLabel;

//! What stands above the fields of a sign-in: who signs in where, what to beware of, and what went
//! wrong before.
class FormHead final : public QWidget {
    Q_OBJECT
public:
    explicit FormHead(QWidget *parent = nullptr);

    //! Of an account that exists, at an appliance of that kind.
    void setAccount(const Account &account, const QString &kind);
    //! The person has not typed the address of \a place, an appliance.
    void sayItWasFilledIn(const QString &place);
    //! Nothing, where \a sentence is empty.
    void showRefusal(const QString &sentence);

private:
    Heading *m_heading;
    PlainLabel *m_who;
    NoticeLabel *m_filledIn;
    NoticeLabel *m_refusal;
};

} // namespace latchkey::ui
