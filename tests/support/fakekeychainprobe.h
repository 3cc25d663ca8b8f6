// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainprobe.h"

#include <QList>

namespace latchkey::test {

//! Answers when the test says so.
class FakeKeychainProbe final : public KeychainProbe {
    Q_OBJECT
public:
    using KeychainProbe::KeychainProbe;

    void probe(const Question &question) override { asked.append(question); }
    void answer(const Finding &finding) { Q_EMIT probed(finding); }
    //! Of a Secret Service that holds nothing of ours.
    void answer(Item item)
    {
        answer({item, item == Item::Unknown ? Keychains() : Keychain::SecretService, {}, {}});
    }

    QList<Question> asked;
};

} // namespace latchkey::test
