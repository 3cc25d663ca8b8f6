// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace latchkey {

//! Port to the place where the administrator of this machine says what Latchkey may do here, as
//! JSON. Only an administrator can write there.
class PolicySource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    struct Text {
        //! Nothing where the administrator says nothing, or there is a fault.
        std::optional<QByteArray> json = {};
        //! Why what is there does not count, in English: `is not owned by root`; else empty.
        QString fault = {};
    };

    //! For people who look for it.
    [[nodiscard]] virtual QString place() const = 0;
    //! Anything that is written later is told by changed().
    [[nodiscard]] virtual Text read() = 0;
    //! The system does not tell of changes, so they are seen a few seconds late.
    [[nodiscard]] virtual bool isUnwatched() const { return false; }

Q_SIGNALS:
    void changed();
};

//! \a folder is that of administratorsFolder(). The file counts only if \a owner owns it and nobody
//! else can write it or put another in its place.
[[nodiscard]] std::unique_ptr<PolicySource> makePolicySource(
    const QString &folder, unsigned owner = 0);
//! The same, but tells no changes: to end a watch takes the kernel some milliseconds.
[[nodiscard]] std::unique_ptr<PolicySource> makePolicySourceForOneLook(
    const QString &folder, unsigned owner = 0);

} // namespace latchkey
