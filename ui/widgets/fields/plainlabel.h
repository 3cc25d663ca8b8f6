// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QClipboard>
#include <QLabel>

namespace latchkey::ui {

//! Text with names in it, in as many lines as it needs: none of them ends at a hyphen, in the midst
//! of a name such as `prod-eu`. What holds them together is neither copied nor told to assistive
//! tools.
class PlainLabel final : public QLabel {
    Q_OBJECT
public:
    enum class Use { Read, Copied };
    explicit PlainLabel(Use use = Use::Read, QWidget *parent = nullptr);

    void setPlainText(const QString &text);
    [[nodiscard]] QString plainText() const;

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void copyTo(QClipboard::Mode mode) const;
};

} // namespace latchkey::ui
