// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/connectionsection.h"

#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include "agent/doctorjson.h"

#include <QFormLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

ConnectionSection::ConnectionSection(QWidget *parent)
    : QWidget(parent)
    , m_tls(new WrappedField(tr("TLS")))
    , m_certificate(new WrappedField(tr("Certificate")))
    , m_pin(new WrappedField(tr("Pin")))
    , m_clock(new WrappedField(tr("Clock")))
    , m_check(new QPushButton(buttonIcon(u"refresh"_s), tr("Chec&k now")))
    , m_success(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_trouble(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_check->setAutoDefault(true);
    m_check->setToolTip(tr("See whether the appliance answers, without signing in"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setHorizontalSpacing(fontMetrics().height());
    form->setVerticalSpacing(fontMetrics().height() * 3 / 8);
    auto *values = new ValueGroup(this);
    for (QWidget *field : std::initializer_list<QWidget *>{m_tls, m_certificate, m_pin, m_clock}) {
        form->addRow(field->accessibleName(), field);
        values->add(field);
    }
    form->addRow(m_success);
    form->addRow(m_trouble);
    auto *row = new QHBoxLayout;
    row->addWidget(m_check);
    row->addStretch();
    form->addRow(row);
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
    const auto certificate = tls ? std::optional(tls->certificate) : m_snapshot.certificate;
    m_tls->setValue(tls && !tls->protocol.isEmpty() ? tls->protocol : SessionView::notKnown());
    m_certificate->setValue(certificate
            ? tr("%1, issued by %2, valid until %3")
                  .arg(escaped(certificate->subject), escaped(certificate->issuer),
                      dayOf(certificate->validUntil))
            : SessionView::notKnown());
    const Fingerprint &pin = m_snapshot.account.pin;
    m_pin->setValue(pin.isEmpty() ? tr("None") : pin.toText());
    SessionSnapshot measured = m_snapshot;
    if (m_report && m_report->clockOffset)
        measured.clockOffset = m_report->clockOffset;
    m_clock->setValue(SessionView(measured).applianceClock());
}

} // namespace latchkey::ui
