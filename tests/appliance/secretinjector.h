// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

#include <QHash>
#include <QString>

namespace latchkey::appliance {

struct HttpRequest;

//! Says secrets where they do not belong, by switch `plant`: a JSON object of places and texts.
//! A place is a member of the reply's JSON or, when it ends with a colon, a header. In a text
//! `{password}`, `{code}`, `{ticket}`, `{refresh}` and `{access}` stand for the newest that was
//! sent or given, and `{refresh:hex}` for a way to write it; README.md lists the ways.
class SecretInjector {
public:
    //! Remembers what was sent.
    void note(const HttpRequest &request);
    //! Remembers what is about to be given.
    void note(const HttpReply &reply);

    [[nodiscard]] HttpReply planted(HttpReply reply, const QString &plant) const;
    //! The text with its placeholders filled; those that stand for nothing stay.
    [[nodiscard]] QString filled(const QString &text) const;

private:
    void remember(const QString &name, const QString &secret);

    QHash<QString, QString> m_secrets;
};

} // namespace latchkey::appliance
