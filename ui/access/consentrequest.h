// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"
#include "wire/http/certificate.h"

#include <QWidget>

#include <array>

class QGridLayout;
class QLabel;

namespace latchkey::ui {

class CertificateBlock;
class NoticeLabel;
class ValueGroup;
class WrappedField;

//! What a program asks for besides the session: an appliance, a user, a certificate. What was there
//! until now stands beside it. Hidden where nothing of that is asked for.
class ConsentRequest final : public QWidget {
    Q_OBJECT
public:
    //! Its values go into \a values.
    explicit ConsentRequest(ValueGroup &values, QWidget *parent = nullptr);

    //! \a seen: the certificate that the session's appliance shows, if any.
    void tell(const Permission &permission, const std::optional<Certificate> &seen = {});

private:
    //! Until now, and from now on.
    template<typename Value> struct Pair {
        Value before;
        Value now;
    };
    struct Row {
        int number;
        QLabel *caption;
        Pair<WrappedField *> fields;
        QString Permission::Login::*value;
    };
    [[nodiscard]] Row makeRow(const Pair<QString> &names, QString Permission::Login::*value);
    void fillIn(const Row &row, const Permission &permission, bool isChange);
    void showCertificate(const Permission &permission, const std::optional<Certificate> &seen);
    void place(QWidget *now, int row, bool isBeside);

    QGridLayout *m_grid;
    Pair<QLabel *> m_headings;
    std::array<Row, 4> m_rows;
    CertificateBlock *m_certificate;
    NoticeLabel *m_alarm;
};

} // namespace latchkey::ui
