// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/adminpolicy.h"
#include "platform/policysource.h"

#include <QTimer>

namespace latchkey {

struct Sentence;

//! The administrator's policy, read again whenever it changes. While it cannot be read or is wrong,
//! what it said last still counts. If it was never right since the program's start, nobody knows
//! what it forbids, so nothing is allowed. A policy that vanishes counts for one more second,
//! because some editors remove a file before they write it again.
class Administration final : public QObject {
    Q_OBJECT
public:
    explicit Administration(std::unique_ptr<PolicySource> source, QObject *parent = nullptr);

    [[nodiscard]] const AdminPolicy &policy() const { return m_policy; }
    [[nodiscard]] QString place() const { return m_source->place(); }
    //! What is wrong with it, and what that means.
    [[nodiscard]] std::optional<Sentence> trouble() const;
    //! As in AdminPolicy.
    [[nodiscard]] std::optional<AccountProblem> whyNot(
        const Account &account, bool isOwnKind = false) const;
    //! The file cannot be watched, so it is looked at every few seconds.
    [[nodiscard]] bool isUnwatched() const { return m_source->isUnwatched(); }

Q_SIGNALS:
    //! Policy or trouble are others than before.
    void changed();

private:
    void onChanged();
    void read();
    void hear(const PolicySource::Text &text);

    std::unique_ptr<PolicySource> m_source;
    AdminPolicy m_policy;
    std::optional<KindProblem> m_problem;
    //! m_policy is what the administrator wants, as far as we know.
    bool m_isKnown = false;
    bool m_wasThere = false;
    QTimer m_vanished;
};

} // namespace latchkey
