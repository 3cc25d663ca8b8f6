// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

#include <QHash>
#include <QString>

namespace latchkey::appliance {

struct HttpRequest;

//! Puts secrets where they do not belong, by switch `plant`, which is a JSON object of places and
//! texts. A place is a member of the reply's JSON or, where it ends with a colon, a header. In a
//! text, `{password}`, `{code}`, `{ticket}`, `{refresh}` and `{access}` stand for the newest that
//! was sent or given. `{refresh:hex}` is that in another form; README.md lists the forms.
class SecretInjector {
public:
    //! Remembers the secrets that a client has sent.
    void note(const HttpRequest &request);
    //! Remembers the secrets of a reply that is about to be sent.
    void note(const HttpReply &reply);

    [[nodiscard]] HttpReply planted(HttpReply reply, const QString &plant) const;
    //! \a text with its placeholders filled; those of which there is no secret yet stay as they
    //! are.
    [[nodiscard]] QString filled(const QString &text) const;

private:
    void remember(const QString &name, const QString &secret);

    QHash<QString, QString> m_secrets;
};

} // namespace latchkey::appliance
