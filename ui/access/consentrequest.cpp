// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentrequest.h"

#include "widgets/fields/certificateblock.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QGridLayout>
#include <QLabel>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

QLabel *makeHeading(const QString &text)
{
    auto *heading = new QLabel(text);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    return heading;
}

//! A long name or path does not push the end of the host out of sight: that tells whose it is.
QString placeOf(const QString &server)
{
    constexpr qsizetype longestHost = 100;
    constexpr qsizetype longestPath = 40;
    const QUrl url(server);
    if (url.host().isEmpty())
        return escaped(server);
    const QString host = url.authority(QUrl::FullyEncoded);
    const QString path = url.path(QUrl::FullyEncoded);
    return url.scheme() + "://"_L1 + shortened(escaped(host), longestHost)
        + shortened(escaped(path), longestPath);
}

} // namespace

ConsentRequest::ConsentRequest(ValueGroup &values, QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_headings{makeHeading(tr("Until now")), makeHeading(tr("From now on"))}
    , m_rows{makeRow({tr("Appliance until now"), tr("Appliance")}, &Permission::Login::server),
          makeRow({tr("User name until now"), tr("User name")}, &Permission::Login::user),
          makeRow({tr("Kind until now"), tr("Kind")}, &Permission::Login::kind),
          makeRow({tr("Client ID until now"), tr("Client ID")}, &Permission::Login::clientId)}
    , m_certificate(new CertificateBlock(values))
    , m_alarm(new NoticeLabel(NoticeLabel::Sign::Alarm))
{
    m_grid->setHorizontalSpacing(fontMetrics().height());
    m_grid->setVerticalSpacing(fontMetrics().height() / 3);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    m_grid->addWidget(m_headings.before, 0, 1);
    m_grid->addWidget(m_headings.now, 0, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() * 2 / 3);
    layout->addLayout(m_grid);
    layout->addWidget(m_certificate);
    layout->addWidget(m_alarm);
    for (const Row &row : m_rows) {
        values.add(row.fields.before);
        values.add(row.fields.now);
    }
}

ConsentRequest::Row ConsentRequest::makeRow(
    const Pair<QString> &names, QString Permission::Login::*value)
{
    const Row row{m_grid->rowCount(), new QLabel(names.now),
        {new WrappedField(names.before), new WrappedField(names.now)}, value};
    m_grid->addWidget(row.caption, row.number, 0, Qt::AlignTop);
    m_grid->addWidget(row.fields.before, row.number, 1, Qt::AlignTop);
    m_grid->addWidget(row.fields.now, row.number, 2);
    return row;
}

void ConsentRequest::tell(const Permission &permission, const std::optional<Certificate> &seen)
{
    const bool isChange = permission.loginBefore != Permission::Login();
    m_headings.before->setVisible(isChange);
    m_headings.now->setVisible(isChange);
    for (const Row &row : m_rows)
        fillIn(row, permission, isChange);
    showCertificate(permission, seen);
    m_alarm->setText(permission.sha256.isEmpty()
            ? QString()
            : tr("Whoever shows this certificate gets your password and tokens. Get the "
                 "fingerprint from whoever runs the appliance, or at its console: a browser on "
                 "this computer can be shown the same false certificate. Deny it if you have not "
                 "asked for this."));
    setVisible(!permission.login.server.isEmpty() || !permission.sha256.isEmpty());
}

//! Of kind and client, which few people know, only a change is told.
void ConsentRequest::fillIn(const Row &row, const Permission &permission, bool isChange)
{
    const QString before = permission.loginBefore.*row.value;
    const QString now = permission.login.*row.value;
    const bool isAddress =
        row.value == &Permission::Login::server || row.value == &Permission::Login::user;
    const bool isTold = isAddress ? !now.isEmpty() : isChange && now != before;
    const auto shown = [isServer = row.value == &Permission::Login::server](const QString &value) {
        if (value.isEmpty())
            return tr("None", "client ID");
        return isServer ? placeOf(value) : escaped(value);
    };
    row.fields.before->setValue(shown(before));
    row.fields.now->setValue(shown(now));
    row.caption->setVisible(isTold);
    row.fields.before->setVisible(isTold && isChange);
    row.fields.now->setVisible(isTold);
    place(row.fields.now, row.number, isChange);
}

//! Who issued it is known only of one that the appliance has shown.
void ConsentRequest::showCertificate(
    const Permission &permission, const std::optional<Certificate> &seen)
{
    Certificate asked;
    asked.fingerprint = Fingerprint::fromText(permission.sha256).value_or(Fingerprint());
    if (seen && seen->fingerprint == asked.fingerprint)
        asked = *seen;
    const auto before = Fingerprint::fromText(permission.trustedBefore);
    m_certificate->setCertificate(asked, before.value_or(Fingerprint()));
}

//! Beside the one before, or where that would be, with the room of both.
void ConsentRequest::place(QWidget *now, int row, bool isBeside)
{
    m_grid->removeWidget(now);
    m_grid->addWidget(now, row, isBeside ? 2 : 1, 1, isBeside ? 1 : 2, Qt::AlignTop);
}

} // namespace latchkey::ui
