// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

namespace latchkey::ctl {

//! Limits how much memory several objects may take together. One thread only.
class Budget {
public:
    explicit Budget(std::size_t bytes)
        : m_left(bytes)
    {
    }

    //! The part that one of them takes, until it is destroyed. The budget must outlive it.
    class Share {
    public:
        explicit Share(Budget &budget)
            : m_budget(budget)
        {
        }
        ~Share() { giveBack(); }
        Share(const Share &) = delete;
        Share &operator=(const Share &) = delete;

        //! Throws HttpError (503) if there is not enough left; the share then keeps its size.
        void growTo(std::size_t bytes);
        void giveBack();

    private:
        Budget &m_budget;
        std::size_t m_bytes = 0;
    };

private:
    std::size_t m_left;
};

} // namespace latchkey::ctl
