// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;

namespace latchkey::ui {

class PlainLabel;

//! A sentence behind a sign; hidden while there is nothing to say. Tells assistive tools of each
//! new sentence. A warning stands beside a field. A caution is the same as a banner, before
//! somebody acts; an alarm is a banner of an attack.
class NoticeLabel final : public QWidget {
    Q_OBJECT
public:
    enum class Sign { Information, Warning, Caution, Alarm };

    explicit NoticeLabel(Sign sign, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] bool isBanner() const;
    void drawSign();

    Sign m_sign;
    QLabel *m_icon;
    PlainLabel *m_text;
};

} // namespace latchkey::ui
