// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Port that tells whether the desktop wants its windows light or dark now.
class ColorScheme : public QObject {
    Q_OBJECT
public:
    enum class Wish { None, Dark, Light };

    using QObject::QObject;

    [[nodiscard]] Wish wish() const { return m_wish; }

Q_SIGNALS:
    void changed(latchkey::ColorScheme::Wish wish);

protected:
    void set(Wish wish)
    {
        if (std::exchange(m_wish, wish) != wish)
            Q_EMIT changed(wish);
    }

private:
    Wish m_wish = Wish::None;
};

//! The desktop is asked with the first turn of the event loop, so that this does not hold up the
//! first window; its answer follows from there.
[[nodiscard]] std::unique_ptr<ColorScheme> makeColorScheme();

} // namespace latchkey
