// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCollator>

namespace latchkey::ui {

//! Orders names as people do: without regard to case, and `site-2` before `site-10`.
class NaturalOrder {
public:
    NaturalOrder();

    //! Whether \a one comes before \a other.
    [[nodiscard]] bool operator()(const QString &one, const QString &other) const;

private:
    QCollator m_collator;
};

} // namespace latchkey::ui
