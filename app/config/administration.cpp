// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/administration.h"

#include "base/logging.h"
#include "session/words/sentences.h"

using namespace std::chrono_literals;

namespace latchkey {

Administration::Administration(std::unique_ptr<PolicySource> source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
{
    m_vanished.setSingleShot(true);
    m_vanished.setInterval(1s);
    connect(&m_vanished, &QTimer::timeout, this, [this] {
        m_wasThere = false;
        onChanged();
    });
    connect(m_source.get(), &PolicySource::changed, this, &Administration::onChanged);
    read();
}

void Administration::onChanged()
{
    const auto policy = m_policy;
    const auto problem = m_problem;
    const bool wasKnown = m_isKnown;
    read();
    if (m_policy != policy || m_problem != problem || m_isKnown != wasKnown)
        Q_EMIT changed();
}

void Administration::read()
{
    const PolicySource::Text text = m_source->read();
    const bool isThere = text.json || !text.fault.isEmpty();
    if (!isThere && m_wasThere)
        return m_vanished.start();
    m_vanished.stop();
    m_wasThere = isThere;
    const auto before = std::exchange(m_problem, {});
    hear(text);
    if (m_problem && m_problem != before)
        qCWarning(sessionLog).noquote() << "The administrator's policy:" << m_problem->text();
}

void Administration::hear(const PolicySource::Text &text)
{
    if (!text.fault.isEmpty()) {
        m_problem = KindProblem{place(), {}, text.fault};
        return;
    }
    const auto policy = text.json ? AdminPolicy::fromJson(*text.json, place())
                                  : Result<AdminPolicy, KindProblem>(AdminPolicy());
    if (!policy) {
        m_problem = policy.error();
        return;
    }
    m_policy = *policy;
    m_isKnown = true;
}

std::optional<Sentence> Administration::trouble() const
{
    return m_problem ? std::optional(sentenceForPolicy(m_problem->text(), m_isKnown))
                     : std::nullopt;
}

std::optional<AccountProblem> Administration::whyNot(const Account &account, bool isOwnKind) const
{
    return m_isKnown ? m_policy.whyNot(account, isOwnKind) : AccountProblem::PolicyUnknown;
}

} // namespace latchkey
