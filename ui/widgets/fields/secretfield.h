// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QClipboard>
#include <QLineEdit>

namespace latchkey::ui {

//! A line for a password or a code. The text of the QLineEdit is bullets, one for each character as
//! a person counts them, so whatever reads widgets – assistive tools, input methods – gets nothing
//! else. The characters are kept aside, each in a Secret. Where a person has them shown, they are
//! painted in place of the bullets, and assistive tools still get bullets.
//!
//! textChanged() follows each edit, and carries the bullets.
class SecretField final : public QLineEdit {
    Q_OBJECT
public:
    explicit SecretField(QWidget *parent = nullptr);

    [[nodiscard]] Secret secret() const;
    //! Puts \a text in as if it were typed: at the cursor, in place of what is selected, without
    //! line breaks.
    void put(QStringView text);
    void paste(QClipboard::Mode from = QClipboard::Clipboard);

    //! Whether the characters are painted; at first they are not.
    void setShown(bool isShown);
    [[nodiscard]] bool isShown() const { return m_isShown; }
    //! Adds a button to the field, and an entry to its menu, by which a person has them shown.
    void offerToShow(const QString &label);

    //! Puts so many pixels between characters.
    void setGap(qreal gap);

    //! Where a character is painted, by its number from 0; in pixels of the field.
    [[nodiscard]] QRectF placeOf(qsizetype character) const;

    // QLineEdit would keep the text in clear.
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
    qreal m_gap = 0;
    bool m_isShown = false;
};

} // namespace latchkey::ui
