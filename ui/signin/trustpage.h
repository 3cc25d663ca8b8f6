// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>

class QCheckBox;
class QPushButton;

namespace latchkey::ui {

class CertificateBlock;
class Heading;
class NoticeLabel;
class PlainLabel;

//! The page of the sign-in window that asks whether a certificate is the appliance's. Where it is
//! not the one that was trusted before, it shows both fingerprints side by side. Where it is for
//! another host, it says so first. In both cases a check box has to be ticked as well. Enter never
//! trusts. Where the administrator has decided for another certificate, it says so, and nothing can
//! be trusted. What replaces a question while somebody looks at it can be answered only after
//! `readingTime`.
class TrustPage final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds readingTime{500};

    explicit TrustPage(QWidget *parent = nullptr);

    //! \a host shows \a seen. \a before is the pin of the one that was trusted before; empty where
    //! this computer vouched for that, and nothing where none was. \a isFixed: the administrator
    //! has decided for \a before.
    void ask(const QString &host, const Certificate &seen, const std::optional<Fingerprint> &before,
        bool isFixed = false);
    [[nodiscard]] QPushButton *defaultButton() const { return m_cancel; }

Q_SIGNALS:
    void trusted(const latchkey::Fingerprint &fingerprint);
    void declined();

private:
    [[nodiscard]] static QWidget *makeHelp();
    [[nodiscard]] QLayout *makeButtons();
    void setReady();
    void showFirst(const QString &host, bool isForOtherHost);
    void showChange(const QString &host, const Fingerprint &before);
    void showDecided(const QString &host);
    void showOtherHost(const QString &host, const Certificate &certificate);

    Heading *m_heading;
    NoticeLabel *m_changed;
    NoticeLabel *m_otherHost;
    PlainLabel *m_text;
    CertificateBlock *m_certificate;
    QWidget *m_help;
    QCheckBox *m_isConfirmed;
    QPushButton *m_trust;
    QPushButton *m_cancel;
    QString m_host;
    Fingerprint m_asked;
    std::optional<Fingerprint> m_before;
    QTimer m_reading;
};

} // namespace latchkey::ui
