// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"

#include <QCoreApplication>
#include <QListWidgetItem>

namespace latchkey::ui {

//! A row of the doctor's findings. Rows are sorted by their state, what is wrong first.
class FindingItem final : public QListWidgetItem {
    Q_DECLARE_TR_FUNCTIONS(FindingItem)
public:
    //! Shows number \a number of the findings, and belongs to \a list.
    FindingItem(int number, QListWidget *list);

    [[nodiscard]] int number() const { return m_number; }
    //! \a isLooking is whether what has not been looked at will be.
    void show(const Finding &finding, bool isLooking);

    bool operator<(const QListWidgetItem &other) const override;

private:
    [[nodiscard]] static QString words(const Finding &finding, bool isLooking);

    int m_number;
    std::optional<Finding::State> m_state;
    bool m_isLooking = true;
};

} // namespace latchkey::ui
