// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"

#include <QWidget>

#include <array>

class QGridLayout;
class QLabel;

namespace latchkey::ui {

class FingerprintView;
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

    void tell(const Permission &permission);

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
    void showFingerprints(const Permission &permission, bool isBeside);
    void place(QWidget *now, int row, bool isBeside);

    QGridLayout *m_grid;
    Pair<QLabel *> m_headings;
    std::array<Row, 4> m_rows;
    Pair<QLabel *> m_captions;
    Pair<FingerprintView *> m_fingerprints;
    int m_captionRow;
    NoticeLabel *m_alarm;
};

} // namespace latchkey::ui
