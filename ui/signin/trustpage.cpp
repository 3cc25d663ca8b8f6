// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/trustpage.h"

#include "signin/fingerprintview.h"
#include "widgets/noticelabel.h"
#include "widgets/valuefield.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

TrustPage::TrustPage(QWidget *parent)
    : QWidget(parent)
    , m_warning(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_text(new QLabel)
    , m_subject(new ValueField(tr("Issued to")))
    , m_issuer(new ValueField(tr("Issued by")))
    , m_validity(new ValueField(tr("Valid")))
    , m_oldCaption(new QLabel(tr("SHA-256 fingerprint that you trusted")))
    , m_oldFingerprint(new FingerprintView(tr("Trusted fingerprint")))
    , m_newCaption(new QLabel)
    , m_newFingerprint(new FingerprintView(tr("Fingerprint")))
    , m_isConfirmed(new QCheckBox(tr("Whoever runs the appliance has &confirmed the new one")))
    , m_trust(new QPushButton(tr("Trust this appliance")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto *rows = new QFormLayout;
    rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    rows->addRow(tr("Issued to"), m_subject);
    rows->addRow(tr("Issued by"), m_issuer);
    rows->addRow(tr("Valid"), m_validity);

    m_isConfirmed->setObjectName(u"confirmed"_s);
    m_trust->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_trust, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_cancel, QDialogButtonBox::RejectRole);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_warning);
    layout->addWidget(m_text);
    layout->addLayout(rows);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(m_oldCaption);
    layout->addWidget(m_oldFingerprint);
    layout->addWidget(m_newCaption);
    layout->addWidget(m_newFingerprint);
    layout->addWidget(m_isConfirmed);
    layout->addStretch();
    layout->addWidget(buttons);

    connect(m_isConfirmed, &QCheckBox::toggled, m_trust, &QPushButton::setEnabled);
    connect(m_trust, &QPushButton::clicked, this, [this] { Q_EMIT trusted(m_asked); });
    connect(m_cancel, &QPushButton::clicked, this, &TrustPage::declined);
}

void TrustPage::setSession(const SessionSnapshot &snapshot)
{
    const Certificate certificate = snapshot.certificate.value_or(Certificate{});
    const Fingerprint &pinned = snapshot.account.pin;
    const bool isChange = !pinned.isEmpty();
    const QString host = snapshot.account.server.authority();
    const QLocale locale;

    m_warning->setText(isChange
            ? tr("The certificate of %1 has changed since you trusted it.").arg(host)
            : QString());
    m_text->setText(isChange
            ? tr("Somebody may be reading along between you and the appliance. Neither password "
                 "nor token has been sent to it. Go on only if whoever runs the appliance says "
                 "that its certificate "
                 "was replaced, and tells you the same new fingerprint.")
            : tr("This computer does not know who vouches for %1. That is usual for an appliance "
                 "with a certificate of its own. Neither password nor token has been sent to it "
                 "yet. Compare the fingerprint with the one that the appliance's administrator "
                 "sees.")
                  .arg(host));
    m_subject->setValue(certificate.subject);
    m_issuer->setValue(certificate.issuer);
    m_validity->setValue(tr("%1 to %2")
            .arg(locale.toString(certificate.validFrom.toLocalTime().date(), QLocale::ShortFormat),
                locale.toString(
                    certificate.validUntil.toLocalTime().date(), QLocale::ShortFormat)));
    m_oldFingerprint->setFingerprint(pinned);
    m_newFingerprint->setFingerprint(certificate.fingerprint);
    m_newCaption->setText(
        isChange ? tr("SHA-256 fingerprint that it shows now") : tr("SHA-256 fingerprint"));
    m_oldCaption->setVisible(isChange);
    m_oldFingerprint->setVisible(isChange);
    m_isConfirmed->setVisible(isChange);
    if (m_asked != certificate.fingerprint) {
        m_isConfirmed->setChecked(false);
        m_trust->setEnabled(!isChange);
    }
    m_asked = certificate.fingerprint;
}

} // namespace latchkey::ui
