// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/kindfield.h"

#include "widgets/noticelabel.h"

#include <QComboBox>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

KindField::KindField(KindSource source, QWidget *parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_box(new QComboBox)
    , m_note(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_box->setAccessibleName(tr("Kind"));
    setFocusProxy(m_box);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_box);
    layout->addWidget(m_note);
    layout->addWidget(m_problem);
    fill();
    connect(m_box, &QComboBox::activated, this, &KindField::onChosen);
    connect(&m_source.kinds, &Kinds::changed, this, [this] {
        const QString chosen = kindId();
        fill();
        select(chosen);
    });
}

void KindField::fill()
{
    m_box->clear();
    m_box->addItem(tr("Found out by itself"), QString());
    for (const Kind &kind : m_source.kinds.all())
        m_box->addItem(kind.name, kind.id);
}

void KindField::look(const QUrl &server)
{
    const bool isKnown = m_isByHand || m_isFixed || (m_asked == server && !kindId().isEmpty());
    if (isKnown || (m_search && m_asked == server)) {
        if (!m_search)
            Q_EMIT looked();
        return;
    }
    forgetFound();
    m_asked = server;
    m_search = m_source.makeSearch();
    connect(m_search.get(), &KindSearch::finished, this, &KindField::onLooked);
    m_search->start(server);
}

void KindField::onLooked()
{
    m_found = m_search->candidates();
    m_search.release()->deleteLater();
    if (!m_isByHand && m_found.size() == 1)
        select(m_found.first().kind.id);
    tell();
    Q_EMIT looked();
}

void KindField::forgetFound()
{
    m_search.reset();
    m_asked.clear();
    m_found.clear();
    if (!m_isByHand && !m_isFixed)
        select({});
    tell();
}

void KindField::fixKind(const QString &id)
{
    m_isFixed = true;
    if (m_box->findData(id) < 0)
        m_box->addItem(id, id);
    select(id);
    m_box->setEnabled(false);
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
    if (m_isFixed || !chosen)
        return typed;
    const auto found = std::ranges::find_if(
        m_found, [&](const KindSearch::Candidate &c) { return c.kind.id == chosen->id; });
    return chosen->serverFrom(found != m_found.end() && m_asked == typed ? found->server : typed);
}

void KindField::select(const QString &id)
{
    const int index = std::max(0, m_box->findData(id));
    if (index == m_box->currentIndex())
        return;
    m_box->setCurrentIndex(index);
    Q_EMIT kindChanged();
}

void KindField::onChosen()
{
    m_isByHand = !kindId().isEmpty();
    m_search.reset();
    if (!m_isByHand)
        m_asked.clear();
    tell();
    Q_EMIT kindChanged();
    Q_EMIT looked();
}

void KindField::tell()
{
    const auto chosen = kind();
    m_note->setText(chosen ? chosen->hint(QLocale().name()) : QString());
    m_problem->setText({});
    if (!chosen && !m_search && m_asked.isValid())
        tellFound();
}

void KindField::tellFound()
{
    if (m_found.isEmpty()) {
        m_problem->setText(tr("No appliance that Latchkey knows answers there. Check the address, "
                              "or choose the kind."));
        return;
    }
    QStringList names;
    for (const KindSearch::Candidate &candidate : std::as_const(m_found))
        names.append(u"%1 (%2)"_s.arg(candidate.kind.name, candidate.server.authority()));
    m_problem->setText(
        tr("Several kinds fit this address: %1. Choose one.").arg(names.join(u", "_s)));
}

} // namespace latchkey::ui
