// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/trustpage.h"

#include "widgets/fields/certificateblock.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/heading.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

TrustPage::TrustPage(QWidget *parent)
    : QWidget(parent)
    , m_heading(new Heading)
    , m_changed(new NoticeLabel(NoticeLabel::Sign::Alarm))
    , m_otherHost(new NoticeLabel(NoticeLabel::Sign::Caution))
    , m_text(new PlainLabel)
    , m_certificate(new CertificateBlock(*new ValueGroup(this)))
    , m_help(makeHelp())
    , m_isConfirmed(new QCheckBox)
    , m_trust(new QPushButton(tr("Trust this appliance")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_isConfirmed->setObjectName(u"confirmed"_s);
    setFocusProxy(m_certificate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_heading);
    layout->addWidget(m_changed);
    layout->addWidget(m_otherHost);
    layout->addWidget(m_text);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(m_certificate);
    layout->addWidget(m_help);
    layout->addWidget(m_isConfirmed);
    layout->addStretch();
    layout->addLayout(makeButtons());
}

QWidget *TrustPage::makeHelp()
{
    auto *help = new QLabel(tr("Where to find it: ask whoever runs the appliance, or look at its "
                               "console. A browser on this computer can be shown the same false "
                               "certificate."));
    help->setTextFormat(Qt::PlainText);
    help->setTextInteractionFlags(Qt::TextSelectableByMouse);
    help->setWordWrap(true);
    return help;
}

QLayout *TrustPage::makeButtons()
{
    m_trust->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_trust, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_cancel, QDialogButtonBox::RejectRole);
    auto *row = new QHBoxLayout;
    row->addWidget(buttons);
    m_reading.setSingleShot(true);
    m_reading.setInterval(readingTime);
    connect(&m_reading, &QTimer::timeout, this, &TrustPage::setReady);
    connect(m_isConfirmed, &QCheckBox::toggled, this, &TrustPage::setReady);
    connect(m_trust, &QPushButton::clicked, this, [this] { Q_EMIT trusted(m_asked); });
    connect(m_cancel, &QPushButton::clicked, this, &TrustPage::declined);
    return row;
}

void TrustPage::ask(const QString &host, const Certificate &seen,
    const std::optional<Fingerprint> &before, bool isFixed)
{
    const bool isDoubtful = before || seen.isForOtherHost;
    if (isFixed)
        showDecided(host);
    else
        before ? showChange(host, *before) : showFirst(host, seen.isForOtherHost);
    showOtherHost(host, seen);
    m_certificate->setCertificate(seen, before.value_or(Fingerprint()), isFixed);
    m_isConfirmed->setText(before
            ? tr("Whoever runs the appliance has con&firmed the new one")
            : tr("I have compared the &fingerprint: it is the appliance's own"));
    m_isConfirmed->setVisible(isDoubtful && !isFixed);
    m_help->setVisible(!isFixed);
    m_trust->setVisible(!isFixed);
    if (m_host != host || m_asked != seen.fingerprint || m_before != before) {
        m_certificate->forgetComparison();
        m_isConfirmed->setChecked(false);
        if (isVisible())
            m_reading.start();
    }
    setReady();
    m_host = host;
    m_asked = seen.fingerprint;
    m_before = before;
}

void TrustPage::setReady()
{
    const bool isConfirmed = m_isConfirmed->isHidden() || m_isConfirmed->isChecked();
    m_trust->setEnabled(!m_trust->isHidden() && isConfirmed && !m_reading.isActive());
}

void TrustPage::showFirst(const QString &host, bool isForOtherHost)
{
    m_heading->setText(tr("Is this your appliance?"));
    m_changed->setText({});
    m_text->setPlainText((isForOtherHost
            ? tr("Either the appliance shows the certificate that it came with, or something else "
                 "answers in place of %1. Neither password nor token has been sent to it yet. "
                 "Compare the fingerprint with the appliance's own.")
            : tr("This computer does not know who vouches for %1. That is usual for an appliance "
                 "with a certificate of its own. Neither password nor token has been sent to it "
                 "yet. Compare the fingerprint with the appliance's own."))
            .arg(host));
}

void TrustPage::showChange(const QString &host, const Fingerprint &before)
{
    m_heading->setText(tr("Another certificate than before"));
    m_changed->setText((before.isEmpty()
            ? tr("The certificate of %1 has changed, and nobody vouches for the new one.")
            : tr("The certificate of %1 has changed since you trusted it."))
            .arg(host));
    m_text->setPlainText(
        tr("Somebody may be reading along between you and the appliance. Neither password "
           "nor token has been sent to it. Go on only if whoever runs the appliance says "
           "that its certificate was replaced, and tells you the same new fingerprint."));
}

void TrustPage::showDecided(const QString &host)
{
    m_heading->setText(tr("Not the certificate that your administrator decided for"));
    m_changed->setText(tr("%1 shows another certificate.").arg(host));
    m_text->setPlainText(
        tr("Somebody may be reading along between you and the appliance. Neither password nor "
           "token has been sent to it. Only your administrator can allow this certificate: ask "
           "them, and tell them both fingerprints."));
}

//! The names are written by whoever shows the certificate.
void TrustPage::showOtherHost(const QString &host, const Certificate &certificate)
{
    constexpr qsizetype most = 60;
    QString otherHost;
    if (certificate.isForOtherHost && certificate.subject.isEmpty())
        otherHost = tr("The certificate does not name %1.").arg(host);
    else if (certificate.isForOtherHost)
        otherHost = tr("The certificate is for %1, not for %2.")
                        .arg(shortened(escaped(certificate.subject), most), host);
    m_otherHost->setText(wrappable(otherHost));
}

} // namespace latchkey::ui
