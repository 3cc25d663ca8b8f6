// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/trustpage.h"

#include "widgets/fields/fingerprintview.h"
#include "widgets/fields/valuefield.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/heading.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
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

TrustPage::TrustPage(QWidget *parent)
    : QWidget(parent)
    , m_heading(new Heading)
    , m_changed(new NoticeLabel(NoticeLabel::Sign::Alarm))
    , m_otherHost(new NoticeLabel(NoticeLabel::Sign::Caution))
    , m_text(new QLabel)
    , m_subject(new ValueField(tr("Issued to")))
    , m_issuer(new ValueField(tr("Issued by")))
    , m_validity(new ValueField(tr("Valid")))
    , m_help(makeHelp())
    , m_oldCaption(new QLabel)
    , m_oldFingerprint(new FingerprintView(tr("Trusted fingerprint")))
    , m_newCaption(new QLabel)
    , m_newFingerprint(new FingerprintView(tr("Fingerprint")))
    , m_same(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_different(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_isConfirmed(new QCheckBox)
    , m_trust(new QPushButton(tr("Trust this appliance")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_isConfirmed->setObjectName(u"confirmed"_s);
    setFocusProxy(m_newFingerprint);
    auto *values = new ValueGroup(this);
    for (QWidget *value : std::initializer_list<QWidget *>{
             m_subject, m_issuer, m_validity, m_oldFingerprint, m_newFingerprint})
        values->add(value);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_heading);
    layout->addWidget(m_changed);
    layout->addWidget(m_otherHost);
    layout->addWidget(m_text);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(makeDetails());
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(makeFingerprints());
    layout->addWidget(m_same);
    layout->addWidget(m_different);
    layout->addWidget(m_help);
    layout->addWidget(m_isConfirmed);
    layout->addStretch();
    layout->addLayout(makeButtons());
}

//! The old one beside the new one, line by line.
QLayout *TrustPage::makeFingerprints()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 4);
    grid->addWidget(m_oldCaption, 0, 0);
    grid->addWidget(m_oldFingerprint, 1, 0);
    grid->addWidget(m_newCaption, 0, 1);
    grid->addWidget(m_newFingerprint, 1, 1);
    grid->addLayout(makeTools(), 1, 2);
    grid->setColumnStretch(3, 1);
    return grid;
}

QLayout *TrustPage::makeDetails()
{
    auto *rows = new QFormLayout;
    rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    rows->setVerticalSpacing(fontMetrics().height() / 6);
    rows->addRow(tr("Issued to"), m_subject);
    rows->addRow(tr("Issued by"), m_issuer);
    rows->addRow(tr("Valid"), m_validity);
    return rows;
}

QLayout *TrustPage::makeTools()
{
    auto *copy = new QPushButton(buttonIcon(u"copy"_s), tr("&Copy"));
    auto *compare = new QPushButton(tr("&Paste to compare"));
    auto *column = new QVBoxLayout;
    column->setSpacing(fontMetrics().height() / 3);
    for (QPushButton *button : {copy, compare}) {
        button->setAutoDefault(false);
        column->addWidget(button);
    }
    column->addStretch();
    connect(
        QGuiApplication::clipboard(), &QClipboard::dataChanged, this, [this] { m_isOurs = false; });
    connect(copy, &QPushButton::clicked, this, &TrustPage::copy);
    connect(compare, &QPushButton::clicked, this, &TrustPage::compare);
    return column;
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
    connect(m_isConfirmed, &QCheckBox::toggled, m_trust, &QPushButton::setEnabled);
    connect(m_trust, &QPushButton::clicked, this, [this] { Q_EMIT trusted(m_asked); });
    connect(m_cancel, &QPushButton::clicked, this, &TrustPage::declined);
    return row;
}

void TrustPage::ask(const QString &host, const Certificate &seen,
    const std::optional<Fingerprint> &before, bool isFixed)
{
    const bool isDoubtful = before || seen.isForOtherHost;
    const Fingerprint pinned = before.value_or(Fingerprint());
    m_oldCaption->setText(
        isFixed ? tr("Your administrator decided for (SHA-256)") : tr("You trusted (SHA-256)"));
    if (isFixed)
        showDecided(host);
    else
        before ? showChange(host, *before) : showFirst(host, seen.isForOtherHost);
    showDetails(host, seen);
    m_oldFingerprint->setFingerprint(pinned);
    m_newFingerprint->setFingerprint(seen.fingerprint);
    m_oldCaption->setVisible(!pinned.isEmpty());
    m_oldFingerprint->setVisible(!pinned.isEmpty());
    m_isConfirmed->setText(before
            ? tr("Whoever runs the appliance has con&firmed the new one")
            : tr("I have compared the &fingerprint: it is the appliance's own"));
    m_isConfirmed->setVisible(isDoubtful && !isFixed);
    m_help->setVisible(!isFixed);
    m_trust->setVisible(!isFixed);
    if (m_host != host || m_asked != seen.fingerprint || m_before != before) {
        m_same->setText({});
        m_different->setText({});
        m_isConfirmed->setChecked(false);
    }
    m_trust->setEnabled(!isDoubtful || m_isConfirmed->isChecked());
    m_host = host;
    m_asked = seen.fingerprint;
    m_before = before;
}

void TrustPage::showFirst(const QString &host, bool isForOtherHost)
{
    m_heading->setText(tr("Is this your appliance?"));
    m_changed->setText({});
    m_text->setText((isForOtherHost
            ? tr("Either the appliance shows the certificate that it came with, or something else "
                 "answers in place of %1. Neither password nor token has been sent to it yet. "
                 "Compare the fingerprint with the appliance's own.")
            : tr("This computer does not know who vouches for %1. That is usual for an appliance "
                 "with a certificate of its own. Neither password nor token has been sent to it "
                 "yet. Compare the fingerprint with the appliance's own."))
            .arg(host));
    m_newCaption->setText(tr("SHA-256 fingerprint"));
}

void TrustPage::showChange(const QString &host, const Fingerprint &before)
{
    m_heading->setText(tr("Another certificate than before"));
    m_changed->setText((before.isEmpty()
            ? tr("The certificate of %1 has changed, and nobody vouches for the new one.")
            : tr("The certificate of %1 has changed since you trusted it."))
            .arg(host));
    m_text->setText(
        tr("Somebody may be reading along between you and the appliance. Neither password "
           "nor token has been sent to it. Go on only if whoever runs the appliance says "
           "that its certificate was replaced, and tells you the same new fingerprint."));
    m_newCaption->setText(tr("It shows now (SHA-256)"));
}

void TrustPage::showDecided(const QString &host)
{
    m_heading->setText(tr("Not the certificate that your administrator decided for"));
    m_changed->setText(tr("%1 shows another certificate.").arg(host));
    m_text->setText(
        tr("Somebody may be reading along between you and the appliance. Neither password nor "
           "token has been sent to it. Only your administrator can allow this certificate: ask "
           "them, and tell them both fingerprints."));
    m_newCaption->setText(tr("It shows now (SHA-256)"));
}

//! The names are written by whoever shows the certificate.
void TrustPage::showDetails(const QString &host, const Certificate &certificate)
{
    constexpr qsizetype most = 60;
    const QString subject = escaped(certificate.subject);
    QString otherHost;
    if (certificate.isForOtherHost && certificate.subject.isEmpty())
        otherHost = tr("The certificate does not name %1.").arg(host);
    else if (certificate.isForOtherHost)
        otherHost =
            tr("The certificate is for %1, not for %2.").arg(shortened(subject, most), host);
    m_otherHost->setText(wrappable(withWholeNames(otherHost)));
    m_subject->setValue(subject);
    m_issuer->setValue(escaped(certificate.issuer));
    m_validity->setValue(
        tr("%1 to %2").arg(dayOf(certificate.validFrom), dayOf(certificate.validUntil)));
}

void TrustPage::copy()
{
    QGuiApplication::clipboard()->setText(m_asked.toText());
    m_isOurs = true;
}

void TrustPage::compare()
{
    const auto pasted = fingerprintIn(QGuiApplication::clipboard()->text());
    m_same->setText({});
    m_different->setText({});
    if (!pasted)
        m_different->setText(tr("The clipboard holds no SHA-256 fingerprint."));
    else if (pasted != m_asked)
        m_different->setText(tr("It is another one: do not trust this appliance."));
    else if (m_isOurs)
        m_different->setText(tr("You copied this one here. Copy the appliance's own."));
    else
        m_same->setText(tr("It is the same."));
}

} // namespace latchkey::ui
