// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/secretmimedata.h"

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto mark = "x-kde-passwordManagerHint"_L1;
constexpr auto plain = "text/plain"_L1;
//! Named as well, since Qt would otherwise read the text at once to offer it to Wayland.
constexpr auto utf8 = "text/plain;charset=utf-8"_L1;

} // namespace

QStringList SecretMimeData::formats() const
{
    return {utf8, plain, mark};
}

QVariant SecretMimeData::retrieveData(const QString &format, QMetaType) const
{
    if (format == mark)
        return "secret"_ba;
    if (format != plain && format != utf8)
        return {};
    Q_EMIT asked();
    if (m_secret.isEmpty())
        return {};
    Q_EMIT taken();
    return m_secret.toByteArray();
}

} // namespace latchkey::ui
