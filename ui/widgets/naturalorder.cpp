// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/naturalorder.h"

#include <QLocale>

namespace latchkey::ui {

namespace {

//! The language "C", which a desktop may well have, orders by the numbers of characters alone.
QLocale localeOfNames()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English) : locale;
}

} // namespace

NaturalOrder::NaturalOrder()
    : m_collator(localeOfNames())
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

//! Names that differ in case alone have an order as well, so that they stay where they are.
bool NaturalOrder::operator()(const QString &one, const QString &other) const
{
    const int order = m_collator.compare(one, other);
    return order ? order < 0 : one < other;
}

} // namespace latchkey::ui
