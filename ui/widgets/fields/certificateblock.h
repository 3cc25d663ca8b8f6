// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLayout;
class QPushButton;

namespace latchkey::ui {

class FingerprintView;
class NoticeLabel;
class ValueField;
class ValueGroup;

//! A certificate, as every window shows it: its names and days, its fingerprint, the one that was
//! there before beside it, and buttons that copy it and compare it with the one in the clipboard.
class CertificateBlock final : public QWidget {
    Q_OBJECT
public:
    //! Its values go into \a values.
    explicit CertificateBlock(ValueGroup &values, QWidget *parent = nullptr);

    //! What is not known of \a certificate is not shown; nothing is, without its fingerprint. \a
    //! before stands beside it, unless it is empty. Where the fingerprint is another than until
    //! now, the answer of the last comparison goes. \a isFixed: the administrator has decided for
    //! \a before.
    void setCertificate(
        const Certificate &certificate, const Fingerprint &before = {}, bool isFixed = false);
    void forgetComparison();

private:
    [[nodiscard]] QLayout *makeDetails();
    [[nodiscard]] QLayout *makeFingerprints();
    [[nodiscard]] QLayout *makeTools();
    void showDetail(ValueField *field, const QString &value);
    void compare();

    QFormLayout *m_details;
    ValueField *m_subject;
    ValueField *m_issuer;
    ValueField *m_validity;
    QLabel *m_beforeCaption;
    FingerprintView *m_before;
    QLabel *m_nowCaption;
    FingerprintView *m_now;
    QPushButton *m_copy;
    NoticeLabel *m_same;
    NoticeLabel *m_different;
    Fingerprint m_shown;
};

} // namespace latchkey::ui
