// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QClipboard>
#include <QLineEdit>

namespace latchkey::ui {

//! A line for a password or a code. As a QLineEdit it holds bullets only, one for each character as
//! a person counts them, and whatever reads widgets – assistive tools, input methods – gets no more
//! than that. The characters are kept aside, each in a Secret. Those that are shown are painted in
//! place of the bullets, and still spoken by nobody.
//!
//! textChanged() follows each edit, and carries the bullets.
class SecretField final : public QLineEdit {
    Q_OBJECT
public:
    explicit SecretField(QWidget *parent = nullptr);

    [[nodiscard]] Secret secret() const;
    //! As if it were typed: at the cursor, in place of what is selected. Line breaks are left out.
    void put(QStringView text);
    void paste(QClipboard::Mode from = QClipboard::Clipboard);

    //! Whether a person sees the characters; not so at first.
    void setShown(bool isShown);
    [[nodiscard]] bool isShown() const { return m_isShown; }
    //! Leaves that to the person: a button in the field, and an entry of its menu.
    void offerToShow(const QString &label);

    //! Where a character is painted.
    [[nodiscard]] QRectF placeOf(qsizetype character) const;

    // The text would be in the widget, in clear.
    void setText(const QString &text) = delete;
    void insert(const QString &text) = delete;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void onTextChanged();
    void fitSpacing();
    [[nodiscard]] QRect textRect() const;

    QList<Secret> m_characters;
    QAction *m_show = nullptr;
    bool m_isShown = false;
};

} // namespace latchkey::ui
