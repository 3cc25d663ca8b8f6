// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QObject>
#include <QString>

#include <memory>

namespace latchkey {

//! Something that a person is told unasked. All texts are plain.
struct Notice {
    //! A click on the notice itself is the button without a key.
    struct Button {
        QString key;
        QString label;

        friend bool operator==(const Button &, const Button &) = default;
    };
    QString title;
    QString text;
    QList<Button> buttons = {};
    //! Means nothing once its moment has passed: it is shown now or not at all, and quietly.
    bool isPassing = false;

    friend bool operator==(const Notice &, const Notice &) = default;
};

//! Port to the desktop's notification service. A subject is a text that names what a notice is
//! about; there is at most one notice for each. Everything returns at once, and whatever follows
//! comes from the event loop.
class Notifications : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Shows \a notice, in place of an earlier one of that subject. A service that starts later
    //! shows it then, unless it is passing or was closed.
    virtual void show(const QString &subject, const Notice &notice) = 0;
    //! Does nothing where there is none.
    virtual void close(const QString &subject) = 0;

Q_SIGNALS:
    //! A person pressed the button with that key.
    void pressed(const QString &subject, const QString &key);
    //! There is no service now that could show it.
    void failed(const QString &subject, const latchkey::Notice &notice);
};

[[nodiscard]] std::unique_ptr<Notifications> makeNotifications();

} // namespace latchkey
