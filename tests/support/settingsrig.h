// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/settings.h"

#include <QSettings>
#include <QTemporaryDir>

namespace latchkey::test {

//! Says what the test wants.
class FakePolicySource final : public PolicySource {
public:
    explicit FakePolicySource(Text text = {})
        : m_text(std::move(text))
    {
    }

    [[nodiscard]] QString place() const override
    {
        return QStringLiteral("/etc/latchkey/policy.json");
    }
    [[nodiscard]] Text read() override { return m_text; }
    void say(const Text &text)
    {
        m_text = text;
        Q_EMIT changed();
    }

private:
    Text m_text;
};

//! Settings in a file of their own, with an administrator who says what the test wants.
class SettingsRig {
public:
    explicit SettingsRig(const QByteArray &policy = "{}")
        : m_source(new FakePolicySource({policy, {}}))
        , m_administration(std::unique_ptr<PolicySource>(m_source))
    {
    }

    [[nodiscard]] Settings &settings() { return m_settings; }
    [[nodiscard]] QSettings &file() { return m_file; }
    void decree(const QByteArray &policy) { m_source->say({policy, {}}); }

private:
    QTemporaryDir m_folder;
    QSettings m_file{m_folder.filePath(QStringLiteral("windows.ini")), QSettings::IniFormat};
    FakePolicySource *m_source;
    Administration m_administration;
    Settings m_settings{m_file, m_administration};
};

} // namespace latchkey::test
