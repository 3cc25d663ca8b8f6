// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/certificateblock.h"

#include "widgets/fields/fingerprintview.h"
#include "widgets/fields/valuefield.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! From what people have at hand: the fingerprint alone, or a line of openssl that ends with it.
std::optional<Fingerprint> fingerprintIn(const QString &text)
{
    return Fingerprint::fromText(text.section(u'=', -1).simplified());
}

} // namespace

CertificateBlock::CertificateBlock(ValueGroup &values, QWidget *parent)
    : QWidget(parent)
    , m_details(new QFormLayout)
    , m_subject(new ValueField(tr("Issued to")))
    , m_issuer(new ValueField(tr("Issued by")))
    , m_validity(new ValueField(tr("Valid")))
    , m_beforeCaption(new QLabel)
    , m_before(new FingerprintView(tr("Trusted fingerprint")))
    , m_nowCaption(new QLabel)
    , m_now(new FingerprintView(tr("Fingerprint")))
    , m_copy(new QPushButton(buttonIcon(u"copy"_s), {}))
    , m_same(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_different(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    for (QWidget *value :
        std::initializer_list<QWidget *>{m_subject, m_issuer, m_validity, m_before, m_now})
        values.add(value);
    setFocusProxy(m_now);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 2);
    layout->addLayout(makeDetails());
    layout->addLayout(makeFingerprints());
    layout->addWidget(m_same);
    layout->addWidget(m_different);
}

QLayout *CertificateBlock::makeDetails()
{
    m_details->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_details->setHorizontalSpacing(fontMetrics().height());
    m_details->setVerticalSpacing(fontMetrics().height() / 8);
    for (ValueField *field : {m_subject, m_issuer, m_validity})
        m_details->addRow(field->accessibleName(), field);
    return m_details;
}

//! The old one beside the new one, line by line.
QLayout *CertificateBlock::makeFingerprints()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 4);
    grid->addWidget(m_beforeCaption, 0, 0);
    grid->addWidget(m_before, 1, 0);
    grid->addWidget(m_nowCaption, 0, 1);
    grid->addWidget(m_now, 1, 1);
    grid->addLayout(makeTools(), 1, 2);
    grid->setColumnStretch(3, 1);
    return grid;
}

QLayout *CertificateBlock::makeTools()
{
    auto *compare = new QPushButton(tr("Paste to compare"));
    auto *column = new QVBoxLayout;
    column->setSpacing(fontMetrics().height() / 3);
    for (QPushButton *button : {m_copy, compare}) {
        button->setAutoDefault(false);
        column->addWidget(button);
    }
    column->addStretch();
    connect(m_copy, &QPushButton::clicked, m_now, &FingerprintView::copyWhole);
    connect(compare, &QPushButton::clicked, this, &CertificateBlock::compare);
    return column;
}

void CertificateBlock::setCertificate(
    const Certificate &certificate, const Fingerprint &before, bool isFixed)
{
    setVisible(!certificate.fingerprint.isEmpty());
    showDetail(m_subject, escaped(certificate.subject));
    showDetail(m_issuer, escaped(certificate.issuer));
    const bool hasDays = certificate.validFrom.isValid() && certificate.validUntil.isValid();
    showDetail(m_validity,
        hasDays ? tr("%1 to %2").arg(dayOf(certificate.validFrom), dayOf(certificate.validUntil))
                : QString());
    m_beforeCaption->setText(
        isFixed ? tr("Your administrator decided for (SHA-256)") : tr("You trusted (SHA-256)"));
    m_before->setFingerprint(before);
    m_beforeCaption->setVisible(!before.isEmpty());
    m_before->setVisible(!before.isEmpty());
    m_nowCaption->setText(
        before.isEmpty() ? tr("SHA-256 fingerprint") : tr("It shows now (SHA-256)"));
    m_now->setFingerprint(certificate.fingerprint);
    m_copy->setText(before.isEmpty() ? tr("Copy") : tr("Copy the new one"));
    if (m_shown != certificate.fingerprint)
        forgetComparison();
    m_shown = certificate.fingerprint;
}

void CertificateBlock::showDetail(ValueField *field, const QString &value)
{
    field->setValue(value);
    m_details->setRowVisible(field, !value.isEmpty());
}

void CertificateBlock::forgetComparison()
{
    m_same->setText({});
    m_different->setText({});
}

void CertificateBlock::compare()
{
    const QMimeData *clipboard = QGuiApplication::clipboard()->mimeData();
    const auto pasted = fingerprintIn(QGuiApplication::clipboard()->text());
    forgetComparison();
    if (!pasted)
        m_different->setText(tr("The clipboard holds no SHA-256 fingerprint."));
    else if (pasted != m_shown)
        m_different->setText(tr("It is another one: do not trust it."));
    else if (FingerprintView::isOwnCopy(clipboard))
        m_different->setText(tr("You copied this one here. Copy the appliance's own."));
    else
        m_same->setText(tr("It is the same."));
}

} // namespace latchkey::ui
