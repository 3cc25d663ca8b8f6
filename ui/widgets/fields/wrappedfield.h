// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPlainTextEdit>

namespace latchkey::ui {

//! A value that may be long, such as a path. It is wrapped anywhere, and scrolled where it has more
//! than 6 lines. It can be read, selected and copied, but not changed, and looks like a label.
class WrappedField final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit WrappedField(const QString &name, QWidget *parent = nullptr);

    //! Where the value is the same, a selection stays.
    void setValue(const QString &value);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
};

} // namespace latchkey::ui
