// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"

#include <QPlainTextEdit>

namespace latchkey::ui {

//! A fingerprint to be compared and copied: two lines of 16 pairs on the screen, one line
//! without a break in the clipboard and for assistive tools.
class FingerprintView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit FingerprintView(const QString &name, QWidget *parent = nullptr);

    void setFingerprint(const Fingerprint &fingerprint);
};

} // namespace latchkey::ui
