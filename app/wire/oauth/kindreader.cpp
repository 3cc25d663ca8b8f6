// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kindreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype longestText = 1024;

} // namespace

KindReader::KindReader(const QByteArray &json, KindProblem &problem)
    : m_problem(&problem)
    , m_there(std::make_shared<QStringList>())
    , m_known(std::make_shared<QSet<QString>>())
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        complain({}, u"is not JSON: %1, at byte %2"_s.arg(error.errorString()).arg(error.offset));
    else if (!document.isObject())
        complain({}, u"is not a JSON object"_s);
    m_object = document.object();
    *m_there = m_object.keys();
}

KindReader::KindReader(const QJsonObject &object, const QString &prefix, const KindReader &file)
    : m_object(object)
    , m_prefix(prefix)
    , m_problem(file.m_problem)
    , m_there(file.m_there)
    , m_known(file.m_known)
{
    for (const QString &name : object.keys())
        m_there->append(prefix + name);
}

KindReader KindReader::group(const QString &name) const
{
    const QJsonValue member = value(name);
    if (!member.isUndefined() && !member.isObject())
        complain(name, u"is not an object"_s);
    return {member.toObject(), m_prefix + name + u'.', *this};
}

void KindReader::forEach(
    const QString &name, const std::function<void(const KindReader &)> &take) const
{
    const QJsonValue member = value(name);
    if (!member.isUndefined() && !member.isArray())
        complain(name, u"is not a list"_s);
    int i = 0;
    for (const QJsonValue &entry : member.toArray()) {
        if (!entry.isObject())
            complain(name, u"has something in it that is not an object"_s);
        take({entry.toObject(), u"%1%2[%3]."_s.arg(m_prefix, name).arg(i++), *this});
    }
}

QString KindReader::text(const QString &name) const
{
    const QJsonValue member = value(name);
    const QString text = member.toString();
    if (member.isUndefined())
        return {};
    if (!member.isString() || text.isEmpty())
        complain(name, u"is not a text, or an empty one"_s);
    if (text.size() > longestText)
        complain(name, u"is too long"_s);
    mustBePlain(name, text);
    return text;
}

QByteArray KindReader::needed(const QString &name) const
{
    const QString found = text(name);
    if (found.isEmpty())
        complain(name, u"is missing"_s);
    return found.toUtf8();
}

QByteArray KindReader::oneOf(const QString &name, const QStringList &words) const
{
    const QByteArray found = needed(name);
    mustBeOneOf(name, QString::fromUtf8(found), words);
    return found;
}

QByteArray KindReader::header(const QString &name) const
{
    static const QRegularExpression token(
        u"\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"_s); // RFC 9110 §5.6.2
    static const QStringList taken{
        u"authorization"_s, u"cookie"_s, u"host"_s, u"content-type"_s, u"content-length"_s};
    const QString found = text(name);
    if (!found.isEmpty() && !token.match(found).hasMatch())
        complain(name, u"must be the name of a header"_s);
    if (taken.contains(found.toLower()))
        complain(name, u"is a header that Latchkey sets itself"_s);
    return found.toUtf8();
}

QString KindReader::id(const QString &name) const
{
    const QString found = QString::fromUtf8(needed(name));
    if (!Kind::isId(found))
        complain(name, u"must be up to 32 lower-case letters, digits and dashes"_s);
    return found;
}

QString KindReader::path(const QString &name) const
{
    return pathFrom(name, QString::fromUtf8(needed(name)));
}

QStringList KindReader::paths(const QString &name) const
{
    const QStringList found = texts(name);
    if (found.isEmpty())
        complain(name, u"is missing"_s);
    for (const QString &path : found)
        (void)pathFrom(name, path);
    return found;
}

//! Only what needs no encoding, so that all programs read it alike.
QString KindReader::pathFrom(const QString &name, const QString &path) const
{
    static const QRegularExpression plain(
        u"\\A(/(?!\\.{1,2}(/|\\z))([A-Za-z0-9._-]|\\{version\\})+)+\\z"_s);
    if (!plain.match(path).hasMatch())
        complain(name, u"must be a path such as /api/token"_s);
    return path;
}

QStringList KindReader::texts(const QString &name) const
{
    const QJsonValue member = value(name);
    if (!member.isUndefined() && !member.isArray())
        complain(name, u"is not a list"_s);
    QStringList found;
    for (const QJsonValue &entry : member.toArray()) {
        if (entry.toString().isEmpty() || entry.toString().size() > longestText)
            complain(name, u"has something in it that is not a short text"_s);
        mustBePlain(name, entry.toString());
        found.append(entry.toString());
    }
    return found;
}

QStringList KindReader::versions(const QString &name) const
{
    static const QRegularExpression word(u"\\A(?!\\.{1,2}\\z)[A-Za-z0-9._-]+\\z"_s);
    const QStringList found = texts(name);
    for (const QString &version : found) {
        if (!word.match(version).hasMatch())
            complain(name, u"may have only letters, digits, dots, dashes and underscores in it"_s);
    }
    if (QSet(found.begin(), found.end()).size() != found.size())
        complain(name, u"has a version in it twice"_s);
    return found;
}

QMap<QString, QString> KindReader::byLanguage(const QString &name) const
{
    const KindReader languages = group(name);
    QMap<QString, QString> found;
    for (const QString &language : languages.m_object.keys())
        found.insert(language, languages.text(language));
    if (!found.isEmpty() && !found.contains(u"en"_s))
        complain(name, u"has no text in English (en)"_s);
    return found;
}

bool KindReader::flag(const QString &name) const
{
    const QJsonValue member = value(name);
    if (!member.isUndefined() && !member.isBool())
        complain(name, u"is neither true nor false"_s);
    return member.toBool();
}

int KindReader::number(const QString &name, int otherwise, int smallest, int largest) const
{
    const QJsonValue member = value(name);
    if (member.isUndefined())
        return otherwise;
    const double number = member.toDouble();
    if (number < smallest || number > largest || number != int(number))
        complain(name, u"must be a whole number from %1 to %2"_s.arg(smallest).arg(largest));
    return member.toInt(otherwise);
}

std::optional<std::chrono::seconds> KindReader::seconds(const QString &name) const
{
    constexpr int year = 366 * 24 * 3600;
    const int count = number(name, 0, 1, year);
    return count > 0 ? std::optional(std::chrono::seconds(count)) : std::nullopt;
}

QList<int> KindReader::statuses(const QString &name) const
{
    QList<int> found;
    for (const QJsonValue &entry : value(name).toArray())
        found.append(entry.toInt());
    const auto isStatus = [](int status) {
        return status >= 200 && status <= 599;
    };
    if (found.isEmpty() || !std::ranges::all_of(found, isStatus))
        complain(name, u"must be a list of HTTP statuses from 200 to 599"_s);
    return found;
}

Kind::Fields KindReader::fields(const QString &name) const
{
    const KindReader members = group(name);
    Kind::Fields found;
    for (const QString &field : members.m_object.keys())
        found.append({field.toUtf8(), members.bytes(field)});
    return found;
}

void KindReader::complain(const QString &name, const QString &reason) const
{
    if (!m_problem->reason.isEmpty())
        return;
    m_problem->member = m_prefix + name;
    m_problem->reason = reason;
}

void KindReader::mustBeOneOf(const QString &name, const QString &word, QStringList words) const
{
    words.sort();
    if (!words.contains(word))
        complain(name, u"must be one of: "_s + words.join(u", "_s));
}

void KindReader::mustBePlain(const QString &name, const QString &text) const
{
    if (std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; }))
        complain(name, u"has a control character in it"_s);
}

void KindReader::checkNames() const
{
    for (const QString &name : *m_there) {
        if (!m_known->contains(name))
            complain(name, u"is not a member that Latchkey knows"_s);
    }
}

QJsonValue KindReader::value(const QString &name) const
{
    m_known->insert(m_prefix + name);
    return m_object.value(name);
}

} // namespace latchkey
