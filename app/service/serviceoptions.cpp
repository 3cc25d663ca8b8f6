// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/serviceoptions.h"

#include "config/settings.h"
#include "platform/agentaddress.h"
#include "platform/privatefolder.h"

#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace latchkey {

ServiceOptions ServiceOptions::forUser(const QString &program)
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return {config + u"/latchkey"_s, data + u"/latchkey"_s, latchkey::agentAddress(), program};
}

std::optional<QString> ServiceOptions::folderOfAnother() const
{
    for (const QString &folder : {configFolder, dataFolder}) {
        if (!makePrivateFolder(folder))
            return folder;
    }
    return {};
}

QString ServiceOptions::language() const
{
    Administration administration(makePolicySourceForOneLook(systemFolder));
    const auto file = Settings::fileIn(configFolder);
    return Settings(*file, administration).value(&SettingValues::language);
}

} // namespace latchkey
