// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace latchkey::test {

//! A person's language that is not English, as long as it lives: all that is translated begins
//! with `~`.
class ForeignTongue final : public QTranslator {
public:
    ForeignTongue() { QCoreApplication::installTranslator(this); }

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char * /*context*/, const char *text,
        const char * /*comment*/, int /*n*/) const override
    {
        return u'~' + QString::fromUtf8(text);
    }
};

} // namespace latchkey::test
