// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace latchkey::ui {

//! Says once on a page, beside a lock, that the administrator has set something. What that is can
//! only be seen, is marked with the same lock, and assistive tools are told so.
class AdministratorNote final : public QWidget {
    Q_OBJECT
public:
    //! The controls have their accessible descriptions already.
    explicit AdministratorNote(const QList<QWidget *> &controls, QWidget *parent = nullptr);

    //! All of them.
    void setFixed(bool isFixed);
    void setFixed(QWidget *control, bool isFixed);
    //! \a control, or the \a field that it is in, with its mark, for a layout.
    [[nodiscard]] QHBoxLayout *marked(QWidget *control, QWidget *field = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Control {
        //! What assistive tools are told otherwise.
        QString description;
        QLabel *mark = nullptr;
        bool isFixed = false;
    };

    [[nodiscard]] QLabel *makeLock();
    void draw(QLabel &lock) const;

    QLabel *m_text;
    QList<QLabel *> m_locks;
    QHash<QWidget *, Control> m_controls;
};

} // namespace latchkey::ui
