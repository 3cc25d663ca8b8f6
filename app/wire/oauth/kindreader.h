// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/kind.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <functional>
#include <memory>

namespace latchkey {

//! Takes members out of one object of a kind file. The first that is wrong goes into the problem
//! with its full name; what is returned then is of no use. A member that may be absent gives
//! nothing.
class KindReader {
public:
    //! The file as a whole.
    KindReader(const QByteArray &json, KindProblem &problem);

    [[nodiscard]] bool has(const QString &name) const { return m_object.contains(name); }
    //! An object in this one; an empty one where it is absent.
    [[nodiscard]] KindReader group(const QString &name) const;
    void forEach(const QString &name, const std::function<void(const KindReader &)> &take) const;

    [[nodiscard]] QString text(const QString &name) const;
    [[nodiscard]] QByteArray bytes(const QString &name) const { return text(name).toUtf8(); }
    //! A text that must be there.
    [[nodiscard]] QByteArray needed(const QString &name) const;
    //! One of these words, which must be there.
    [[nodiscard]] QByteArray oneOf(const QString &name, const QStringList &words) const;
    //! The name of a header that no other part of a request needs.
    [[nodiscard]] QByteArray header(const QString &name) const;
    //! A needed word of lower-case letters, digits and dashes.
    [[nodiscard]] QString id(const QString &name) const;
    //! A path that must be there, such as `/api/token`.
    [[nodiscard]] QString path(const QString &name) const;
    [[nodiscard]] QStringList paths(const QString &name) const;
    [[nodiscard]] QStringList texts(const QString &name) const;
    //! Different words that may stand in a path.
    [[nodiscard]] QStringList versions(const QString &name) const;
    [[nodiscard]] QMap<QString, QString> byLanguage(const QString &name) const;
    [[nodiscard]] bool flag(const QString &name) const;
    [[nodiscard]] int number(const QString &name, int otherwise, int smallest, int largest) const;
    [[nodiscard]] std::optional<std::chrono::seconds> seconds(const QString &name) const;
    [[nodiscard]] QList<int> statuses(const QString &name) const;
    [[nodiscard]] Kind::Fields fields(const QString &name) const;

    template<typename Value>
    [[nodiscard]] Value choice(
        const QString &name, const QHash<QString, Value> &choices, Value otherwise) const
    {
        const QString word = text(name);
        if (word.isEmpty())
            return otherwise;
        mustBeOneOf(name, word, choices.keys());
        return choices.value(word, otherwise);
    }

    void complain(const QString &name, const QString &reason) const;
    //! Complains about members that nobody has asked for, here and in all groups: most are typing
    //! errors.
    void checkNames() const;

private:
    KindReader(const QJsonObject &object, const QString &prefix, const KindReader &file);
    [[nodiscard]] QJsonValue value(const QString &name) const;
    void mustBeOneOf(const QString &name, const QString &word, QStringList words) const;
    void mustBePlain(const QString &name, const QString &text) const;
    [[nodiscard]] QString pathFrom(const QString &name, const QString &path) const;

    QJsonObject m_object;
    QString m_prefix;
    KindProblem *m_problem;
    //! Full names of all members, and of those that were asked for.
    std::shared_ptr<QStringList> m_there;
    std::shared_ptr<QSet<QString>> m_known;
};

} // namespace latchkey
