// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/application.h"

#include "widgets/fields/secretfield.h"

#include <QKeyEvent>

namespace latchkey::ui {

namespace {

bool isKeyInSecret(const QEvent &event)
{
    const bool isKey = event.type() == QEvent::KeyPress || event.type() == QEvent::KeyRelease;
    return isKey && qobject_cast<SecretField *>(QApplication::focusWidget());
}

} // namespace

bool Application::notify(QObject *receiver, QEvent *event)
{
    if (!event->spontaneous() || !isKeyInSecret(*event))
        return QApplication::notify(receiver, event);
    // Qt tells assistive tools of spontaneous events only, and one that we make is none.
    const auto *key = static_cast<QKeyEvent *>(event);
    QKeyEvent own(key->type(), key->key(), key->modifiers(), key->nativeScanCode(),
        key->nativeVirtualKey(), key->nativeModifiers(), key->text(), key->isAutoRepeat(),
        static_cast<quint16>(key->count()));
    own.setTimestamp(key->timestamp());
    const bool isHandled = QApplication::notify(receiver, &own);
    event->setAccepted(own.isAccepted());
    return isHandled;
}

} // namespace latchkey::ui
