// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "widgets/naturalorder.h"

#include "session/sessionmodel.h"
#include "session/words/mood.h"

#include <QSortFilterProxyModel>

#include <array>

namespace latchkey::ui {

//! The sessions as a person reads them: in the groups of their moods, by name within, but those
//! without a good token first; and only those that match what is looked for. A change of one moves
//! that one, by halving. Adds the texts for assistive tools and tool tips.
class SessionOrder final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum Role {
        HeadingRole = SessionModel::SnapshotRole + 1, //!< of a group's first session; else empty
        CompactRole, //!< bool: there are so many that those that are well have one line
    };

    //! More than that, and those that are well have one line each.
    static constexpr int mostAtEase = 12;

    explicit SessionOrder(SessionModel &sessions, QObject *parent = nullptr);

    //! Keeps those in which each of the \a words is found: in name, user, server or state.
    void setFilter(const QString &words);
    [[nodiscard]] int countOf(Mood::Group group) const;

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    static constexpr int groups = Mood::Out + 1;

    [[nodiscard]] QString heading(int row) const;
    [[nodiscard]] static QString headingOf(Mood::Group group, int count);
    //! Where each group begins, and behind the last the number of all.
    [[nodiscard]] const std::array<int, groups + 1> &starts() const;

    SessionModel &m_sessions;
    NaturalOrder m_isBefore;
    QStringList m_words;
    mutable std::array<int, groups + 1> m_starts{};
    mutable bool m_areStartsKnown = false;
};

} // namespace latchkey::ui
