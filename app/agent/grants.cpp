// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/grants.h"

#include "base/logging.h"
#include "base/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

//! latchkeyctl, or the gateway that it becomes: beside us, or where they are installed.
bool isOurCommandLine(const QString &executable)
{
    const QDir ours(QCoreApplication::applicationDirPath());
    return std::ranges::any_of(std::array{"latchkeyctl"_L1, "latchkey-gateway"_L1,
                                   "../libexec/latchkey/latchkey-gateway"_L1},
        [&](QLatin1StringView place) {
            const QString path = QFileInfo(ours.filePath(place)).canonicalFilePath();
            return !path.isEmpty() && executable == path;
        });
}

} // namespace

std::optional<Grantee> Grantee::of(const Program &program)
{
    if (program.executable.isEmpty())
        return {};
    if (!isOurCommandLine(program.executable))
        return Grantee{program.executable, {}};
    const QString parent = program.parents.value(0);
    return parent.startsWith(u'/') ? std::optional(Grantee{program.executable, parent})
                                   : std::nullopt;
}

Grants::Grants(QString path)
    : m_path(std::move(path))
{
    load();
}

std::optional<Milliseconds> Grants::timeLeft(
    const QString &session, const Grantee &grantee, const Instant &now) const
{
    const auto found = std::ranges::find_if(m_grants,
        [&](const Grant &grant) { return grant.session == session && grant.grantee == grantee; });
    if (found == m_grants.end())
        return {};
    const Milliseconds left = found->end ? remaining(*found->end, now) : Milliseconds::max();
    return left > Milliseconds::zero() ? std::optional(left) : std::nullopt;
}

void Grants::add(
    const QString &session, const Grantee &grantee, Decision decision, const Instant &now)
{
    if (decision == Decision::Deny || decision == Decision::Once)
        return;
    m_grants.removeIf(
        [&](const Grant &grant) { return grant.session == session && grant.grantee == grantee; });
    const auto end = decision == Decision::OneHour ? std::optional(now + 1h) : std::nullopt;
    m_grants.append({session, grantee, decision, end});
    if (decision == Decision::Always)
        save();
}

void Grants::endUntilLock()
{
    m_grants.removeIf([](const Grant &grant) { return grant.decision == Decision::UntilLock; });
}

void Grants::forget(const QString &session)
{
    if (m_grants.removeIf([&](const Grant &grant) { return grant.session == session; }) > 0)
        save();
}

//! A file that cannot be understood is no grants: people are asked again.
void Grants::load()
{
    if (!QFile::exists(m_path))
        return;
    const auto document = QJsonDocument::fromJson(readWhole(m_path).value_or(QByteArray()));
    const QJsonValue list = document.object().value("programs"_L1);
    bool isWhole = list.isArray();
    for (const QJsonValue &entry : list.toArray()) {
        const QJsonObject json = entry.toObject();
        const Grantee grantee{
            json.value("program"_L1).toString(), json.value("parent"_L1).toString()};
        const QString session = json.value("session"_L1).toString();
        const bool isGood = !session.isEmpty() && !grantee.executable.isEmpty();
        isWhole = isWhole && isGood;
        if (isGood)
            m_grants.append({session, grantee, Decision::Always, {}});
    }
    if (!isWhole) {
        qCWarning(agentLog) << "The programs that were allowed could not be read in full; a copy "
                               "is in"
                            << putAside(m_path);
    }
}

void Grants::save() const
{
    QJsonArray list;
    for (const Grant &grant : m_grants) {
        if (grant.decision == Decision::Always) {
            list.append(QJsonObject{{u"session"_s, grant.session},
                {u"program"_s, grant.grantee.executable}, {u"parent"_s, grant.grantee.parent}});
        }
    }
    const QJsonObject json{{u"version"_s, 1}, {u"programs"_s, list}};
    if (const auto error = writeWhole(m_path, QJsonDocument(json).toJson()))
        qCWarning(agentLog) << "The programs that were allowed could not be saved:" << *error;
}

} // namespace latchkey
