// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTranslator>

namespace latchkey::ui {

//! The language of all windows, as long as it lives: ours and Qt's texts (the buttons of its boxes,
//! the names of keys) are in the same one, the windows go the way that it is read, and dates are
//! written in it.
class Language {
public:
    //! \a wanted are a person's languages as of QLocale::uiLanguages(), the dearest first.
    explicit Language(const QStringList &wanted);

    //! All but English, such as `de`, `pt_BR`.
    [[nodiscard]] static QStringList known();
    //! The first of them that is one of \a known, such as `de` or `pt_BR`; empty where English is
    //! dearer than all of those, or there is none.
    [[nodiscard]] static QString choose(const QStringList &wanted, const QStringList &known);

private:
    QTranslator m_ours;
    QTranslator m_qts;
};

} // namespace latchkey::ui
