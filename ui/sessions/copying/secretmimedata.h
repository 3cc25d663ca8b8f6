// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QMimeData>

namespace latchkey::ui {

//! A secret text for the clipboard, which tells when a program asks for it. It is marked for
//! clipboard managers as KeePassXC and Plasma do it, so that those that know the mark leave it
//! alone.
class SecretMimeData final : public QMimeData {
    Q_OBJECT
public:
    //! While it has none, programs that ask for the text get nothing.
    void setSecret(const Secret &secret) { m_secret = secret; }

    [[nodiscard]] QStringList formats() const override;

Q_SIGNALS:
    //! A program asks for the text.
    void asked() const;
    //! It is being given the text, and has it when control is back in the event loop.
    void taken() const;

protected:
    QVariant retrieveData(const QString &format, QMetaType type) const override;

private:
    Secret m_secret;
};

} // namespace latchkey::ui
