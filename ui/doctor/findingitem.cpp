// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "doctor/findingitem.h"

#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include <tuple>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

int rankOf(std::optional<Finding::State> state)
{
    if (state == Finding::State::Wrong)
        return 0;
    return state == Finding::State::Well ? 2 : 1;
}

} // namespace

FindingItem::FindingItem(int number, int place, QListWidget *list)
    : QListWidgetItem(list)
    , m_number(number)
    , m_place(place)
{
}

void FindingItem::show(const Finding &finding, bool isLooking)
{
    if (m_state == finding.state && m_isLooking == isLooking)
        return;
    m_state = finding.state;
    m_isLooking = isLooking;
    m_group = groupOf(finding.mood);
    const bool isSeen = isLooking || finding.state != Finding::State::Looking;
    setIcon(isSeen ? moodIcon(finding.mood) : QIcon());
    setText(escaped(finding.subject.translated) + u'\n' + words(finding, isLooking));
}

QString FindingItem::words(const Finding &finding, bool isLooking)
{
    switch (finding.state) {
    case Finding::State::Looking:
        return isLooking ? tr("Looking…") : tr("Not looked at");
    case Finding::State::Well:
        return tr("No problem");
    case Finding::State::Wrong:
        return wrappable(withWholeNames(escaped(finding.problem.translated)));
    }
    Q_UNREACHABLE();
}

bool FindingItem::operator<(const QListWidgetItem &other) const
{
    const auto &that = static_cast<const FindingItem &>(other);
    return std::tuple(rankOf(m_state), m_group, m_place)
        < std::tuple(rankOf(that.m_state), that.m_group, that.m_place);
}

} // namespace latchkey::ui
