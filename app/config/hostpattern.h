// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace latchkey {

//! Which hosts are meant: `backup.example.com`, `*.example.com` for all below that domain (and not
//! itself), `192.0.2.7`, `2001:db8::/32`. Letters count alike in either case; a name means its
//! text, not the addresses behind it.
class HostPattern {
public:
    //! Nothing where it is no pattern.
    [[nodiscard]] static std::optional<HostPattern> fromText(const QString &text);

    //! \a host as QUrl::host() has it.
    [[nodiscard]] bool matches(const QString &host) const;
    [[nodiscard]] QString text() const { return m_text; }

    friend bool operator==(const HostPattern &, const HostPattern &) = default;

private:
    QString m_text;
    //! In the form that DNS uses; after `*` where it begins with that. Empty for addresses.
    QString m_name;
    //! The mask's length is -1 for names.
    std::pair<QHostAddress, int> m_network{{}, -1};
};

} // namespace latchkey
