// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPlainTextEdit>

namespace latchkey::ui {

//! A value as long as it likes, such as a path: wrapped anywhere, and scrolled when it is longer
//! than a few lines. Can be read, selected and copied, but not changed; looks like a label.
class WrappedField final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit WrappedField(const QString &name, QWidget *parent = nullptr);

    //! Leaves the selection alone when nothing changes.
    void setValue(const QString &value);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
};

} // namespace latchkey::ui
