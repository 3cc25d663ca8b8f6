// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/kindfield.h"

#include "session/words/sentences.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

KindField::KindField(KindSource source, QWidget *parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_box(new QComboBox)
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_box->setAccessibleName(tr("Kind"));
    m_box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // as wide as the fields
    setFocusProxy(m_box);
    // To assistive tools a combo box is called what is chosen in it, and only a label beside it
    // says what for.
    auto *name = new QLabel(tr("Kind"), this);
    name->setBuddy(m_box);
    name->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_box);
    layout->addWidget(m_problem);
    fill();
    connect(m_box, &QComboBox::activated, this, &KindField::onChosen);
    connect(&m_source.kinds, &Kinds::changed, this, &KindField::onKindsChanged);
}

void KindField::fill()
{
    m_box->clear();
    m_box->addItem(tr("Found out by itself"), QString());
    for (const Kind &kind : m_source.kinds.all())
        m_box->addItem(kind.name, kind.id);
    if (!m_fixedId.isEmpty() && m_box->findData(m_fixedId) < 0)
        m_box->addItem(m_fixedId, m_fixedId);
}

//! What the chosen kind says of itself may be new as well.
void KindField::onKindsChanged()
{
    const QString chosen = kindId();
    fill();
    m_box->setCurrentIndex(std::max(0, m_box->findData(chosen)));
    if (kindId() != chosen) {
        m_isByHand = false;
        forgetFound();
    }
    Q_EMIT changed();
}

void KindField::look(const QUrl &server)
{
    const bool isKnown = m_isByHand || isFixed() || (m_asked == server && !kindId().isEmpty());
    if (isKnown || (m_search && m_asked == server)) {
        if (!m_search)
            Q_EMIT looked();
        return;
    }
    forgetFound();
    m_asked = server;
    m_forbidden = m_source.whyNot(server);
    if (m_forbidden) {
        Q_EMIT changed();
        return Q_EMIT looked();
    }
    m_search = m_source.makeSearch();
    connect(m_search.get(), &KindSearch::finished, this, &KindField::onLooked);
    m_search->start(server);
}

void KindField::onLooked()
{
    m_found = m_search->candidates();
    m_nobody = m_search->problem();
    m_search.release()->deleteLater();
    const bool isOneKind = std::ranges::all_of(
        m_found, [this](const auto &found) { return found.kind.id == m_found.first().kind.id; });
    if (!m_isByHand && !m_found.isEmpty() && isOneKind)
        select(m_found.first().kind.id);
    Q_EMIT changed();
    Q_EMIT looked();
}

void KindField::forgetFound()
{
    const bool wasLooking = isLooking();
    m_search.reset();
    m_asked.clear();
    m_found.clear();
    m_nobody.reset();
    m_forbidden.reset();
    if (!m_isByHand && !isFixed())
        select({});
    Q_EMIT changed();
    if (wasLooking)
        Q_EMIT looked();
}

void KindField::fixKind(const QString &id)
{
    m_fixedId = id;
    fill();
    select(id);
    m_box->setEnabled(false);
    Q_EMIT changed();
}

QString KindField::kindId() const
{
    return m_box->currentData().toString();
}

std::optional<Kind> KindField::kind() const
{
    return m_source.kinds.find(kindId());
}

QUrl KindField::serverFor(const QUrl &typed) const
{
    const auto chosen = kind();
    if (isFixed() || !chosen)
        return typed;
    const auto found = candidates();
    return chosen->serverFrom(found.isEmpty() ? typed : found.first().server);
}

//! Of the chosen kind.
QList<KindSearch::Candidate> KindField::candidates() const
{
    QList<KindSearch::Candidate> ofTheKind = m_found;
    ofTheKind.removeIf([id = kindId()](const auto &found) { return found.kind.id != id; });
    return ofTheKind;
}

QString KindField::name() const
{
    return kindId().isEmpty() ? QString() : m_box->currentText();
}

QString KindField::hint() const
{
    const auto chosen = kind();
    return chosen && !isFixed() ? chosen->hint(QLocale().name()) : QString();
}

std::optional<Certificate> KindField::untrusted() const
{
    return isSettled() && !candidates().isEmpty() ? candidates().first().untrusted : std::nullopt;
}

void KindField::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_box->setAccessibleDescription(sentence);
}

void KindField::select(const QString &id)
{
    showProblem({});
    m_box->setCurrentIndex(std::max(0, m_box->findData(id)));
}

void KindField::onChosen()
{
    m_isByHand = !kindId().isEmpty();
    m_search.reset();
    if (!m_isByHand)
        m_asked.clear();
    showProblem({});
    Q_EMIT changed();
    Q_EMIT looked();
}

QString KindField::openQuestion() const
{
    const bool hasLooked = !m_search && m_asked.isValid();
    if (!hasLooked || isSettled())
        return {};
    QStringList places;
    if (kindId().isEmpty()) {
        if (m_forbidden)
            return sentenceFor(*m_forbidden).translated;
        if (m_nobody)
            return sentenceFor(*m_nobody).translated;
        if (m_found.isEmpty())
            return tr("No appliance that Latchkey knows answers there. Check the address, or "
                      "choose the kind.");
        for (const KindSearch::Candidate &candidate : m_found)
            places.append(u"%1 (%2)"_s.arg(
                candidate.kind.name, candidate.server.authority(QUrl::FullyEncoded)));
        return tr("Several kinds fit this address: %1. Choose one.").arg(listed(places));
    }
    const auto found = candidates();
    for (const KindSearch::Candidate &candidate : found)
        places.append(candidate.server.authority(QUrl::FullyEncoded));
    return tr("Appliances of this kind answer at %1. Type the address of one with its port.")
        .arg(listed(places));
}

} // namespace latchkey::ui
