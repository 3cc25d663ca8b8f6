// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;

namespace latchkey::ui {

class NoticeLabel;

//! What is known of the appliance at the address above it.
class PlaceNote final : public QWidget {
    Q_OBJECT
public:
    explicit PlaceNote(QWidget *parent = nullptr);

    //! \a hint may be empty.
    void tell(const QString &kind, const QString &hint);

private:
    QLabel *m_kind;
    NoticeLabel *m_hint;
};

} // namespace latchkey::ui
