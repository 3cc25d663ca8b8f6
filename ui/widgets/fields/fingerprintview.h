// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"

#include <QPlainTextEdit>

namespace latchkey::ui {

//! A fingerprint to compare and copy. On the screen it has four lines of 8 pairs, so that two of
//! them fit side by side; in the clipboard and for assistive tools it is one line without a break.
class FingerprintView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit FingerprintView(const QString &name, QWidget *parent = nullptr);

    void setFingerprint(const Fingerprint &fingerprint);
    void copyWhole() const;
    //! It was copied from a window of ours, which proves nothing about the appliance.
    [[nodiscard]] static bool isOwnCopy(const QMimeData *copied);

protected:
    QMimeData *createMimeDataFromSelection() const override;
};

} // namespace latchkey::ui
