// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"

#include <QCoreApplication>
#include <QListWidgetItem>

namespace latchkey::ui {

//! A row of the doctor's findings. What is wrong comes first; else rows are in the order of the
//! list of sessions.
class FindingItem final : public QListWidgetItem {
    Q_DECLARE_TR_FUNCTIONS(FindingItem)
public:
    //! Shows number \a number of the findings, which is the one at \a place by name. Belongs to
    //! \a list.
    FindingItem(int number, int place, QListWidget *list);

    [[nodiscard]] int number() const { return m_number; }
    //! \a isLooking is whether what has not been looked at will be.
    void show(const Finding &finding, bool isLooking);

    bool operator<(const QListWidgetItem &other) const override;

private:
    [[nodiscard]] static QString words(const Finding &finding, bool isLooking);

    int m_number;
    int m_place;
    Mood::Group m_group = Mood::WellOff;
    std::optional<Finding::State> m_state;
    bool m_isLooking = true;
};

} // namespace latchkey::ui
