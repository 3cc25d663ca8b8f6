// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/connectionsection.h"

#include "widgets/fields/certificateblock.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/noticelabel.h"

#include "agent/doctorjson.h"
#include "wire/http/network.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

ConnectionSection::ConnectionSection(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout)
    , m_tls(new WrappedField(tr("TLS")))
    , m_clock(new WrappedField(tr("Clock")))
    , m_pin(new WrappedField(tr("Pin")))
    , m_hint(new QLabel(tr("“Check now” tells the TLS version, the certificate and the clock.")))
    , m_check(new QPushButton(buttonIcon(u"refresh"_s), tr("Chec&k now")))
    , m_success(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_trouble(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_check->setAutoDefault(true);
    m_check->setToolTip(tr("See whether the appliance answers, without signing in"));
    m_form->setContentsMargins({});
    m_form->setHorizontalSpacing(fontMetrics().height());
    m_form->setVerticalSpacing(fontMetrics().height() * 3 / 8);
    auto *values = new ValueGroup(this);
    for (WrappedField *field : {m_tls, m_clock, m_pin}) {
        m_form->addRow(field->accessibleName(), field);
        values->add(field);
    }
    m_certificate = new CertificateBlock(*values);
    m_hint->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_check);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 2);
    layout->addLayout(m_form);
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_certificate, m_hint, m_success, m_trouble})
        layout->addWidget(widget);
    layout->addLayout(row);
    connect(m_check, &QPushButton::clicked, this, &ConnectionSection::check);
}

void ConnectionSection::setView(const SessionView &view)
{
    if (view.name() != m_snapshot.account.name)
        forgetReport();
    m_snapshot = view.snapshot();
    showValues();
}

void ConnectionSection::forgetReport()
{
    m_report.reset();
    m_check->setEnabled(true);
    m_success->setText({});
    m_trouble->setText({});
}

void ConnectionSection::check()
{
    forgetReport();
    m_check->setEnabled(false);
    m_success->setText(tr("Looking at the appliance…"));
    Q_EMIT checkRequested();
}

void ConnectionSection::setReport(const ApplianceReport &report)
{
    forgetReport();
    m_report = report;
    showValues();
    const auto trouble = troubleWith(m_snapshot, report);
    if (trouble)
        m_trouble->setText(trouble->translated);
    else
        m_success->setText(tr("The appliance answered at %1.")
                .arg(timeOf(m_snapshot.takenAt, m_snapshot.takenAt)));
}

void ConnectionSection::showValues()
{
    const auto tls = m_report ? m_report->tls : std::nullopt;
    SessionSnapshot measured = m_snapshot;
    if (m_report && m_report->clockOffset)
        measured.clockOffset = m_report->clockOffset;
    showRow(m_tls, tls ? tls->protocol : QString());
    showRow(m_clock, measured.clockOffset ? SessionView(measured).applianceClock() : QString());
    showRow(m_pin, trust());
    m_hint->setVisible(!m_report);
    const Fingerprint &pin = m_snapshot.account.pin;
    const auto seen = tls ? std::optional(tls->certificate) : m_snapshot.certificate;
    Certificate pinned;
    pinned.fingerprint = pin;
    const bool isAnother = seen && seen->fingerprint != pin;
    m_certificate->setCertificate(
        seen.value_or(pinned), isAnother ? pin : Fingerprint(), m_snapshot.isPinFixed);
}

void ConnectionSection::showRow(WrappedField *field, const QString &value)
{
    field->setValue(value);
    m_form->setRowVisible(field, !value.isEmpty());
}

//! The certificate that is meant stands below.
QString ConnectionSection::trust() const
{
    if (isPlainHttp(m_snapshot.account.server))
        return tr("None");
    if (m_snapshot.account.pin.isEmpty())
        return tr("None: any certificate that this computer trusts");
    return m_snapshot.isPinFixed ? tr("Set by your administrator") : tr("Only this certificate");
}

} // namespace latchkey::ui
