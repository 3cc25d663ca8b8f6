// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/settings.h"

#include "base/logging.h"
#include "base/wholefile.h"
#include "session/words/sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QJsonValue listFrom(const std::optional<QStringList> &texts)
{
    return texts ? QJsonValue(QJsonArray::fromStringList(*texts)) : QJsonValue(QJsonValue::Null);
}

std::optional<QStringList> textsOf(const std::optional<QList<HostPattern>> &patterns)
{
    if (!patterns)
        return {};
    QStringList texts;
    for (const HostPattern &pattern : *patterns)
        texts.append(pattern.text());
    return texts;
}

QJsonObject policyJson(const Administration &administration)
{
    const AdminPolicy &policy = administration.policy();
    QStringList accounts;
    for (const Account &account : policy.accounts)
        accounts.append(account.name);
    const auto trouble = administration.trouble();
    return {{u"file"_s, administration.place()},
        {u"appliances"_s, listFrom(textsOf(policy.appliances))},
        {u"kinds"_s, listFrom(policy.kinds)}, {u"accounts"_s, listFrom(accounts)},
        {u"problem"_s, trouble ? QJsonValue(trouble->english) : QJsonValue(QJsonValue::Null)}};
}

} // namespace

Settings::Settings(QSettings &file, Administration &administration, QObject *parent)
    : QObject(parent)
    , m_file(file)
    , m_administration(administration)
    , m_own(SettingValues::from(file))
{
    connect(&m_administration, &Administration::changed, this, &Settings::changed);
}

//! Looked at first, as QSettings would wait for ever for a pipe, and read a file of any length.
std::unique_ptr<QSettings> Settings::fileIn(const QString &folder)
{
    const QString path = folder + u"/windows.ini"_s;
    if (QFile::exists(path) && !readWhole(path)) {
        qCWarning(sessionLog) << "The settings cannot be read; they are put aside as"
                              << putAside(path);
    }
    return std::make_unique<QSettings>(path, QSettings::IniFormat);
}

void Settings::save()
{
    m_own.writeTo(m_file);
    Q_EMIT changed();
}

QJsonObject Settings::toJson(bool isAutostartEnabled) const
{
    const QJsonObject own = m_own.toJson();
    const QJsonObject theirs = fixed().toJson();
    QJsonObject values = SettingValues::usual().toJson();
    values.insert(u"autostart"_s, isAutostartEnabled);
    for (const QJsonObject &some : {own, theirs}) {
        for (auto setting = some.begin(); setting != some.end(); ++setting)
            values.insert(setting.key(), setting.value());
    }
    QJsonObject settings;
    for (auto setting = values.begin(); setting != values.end(); ++setting) {
        settings.insert(setting.key(),
            QJsonObject{
                {u"value"_s, setting.value()}, {u"fixed"_s, theirs.contains(setting.key())}});
    }
    return {{u"settings"_s, settings}, {u"policy"_s, policyJson(m_administration)}};
}

} // namespace latchkey
