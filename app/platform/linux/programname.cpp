// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/programname.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace latchkey {

//! /proc/PID/exe cannot be read if the program has capabilities. Its short name can be; the kernel
//! cuts it off after 15 characters.
QString programName(uint pid)
{
    const QString folder = u"/proc/%1/"_s.arg(pid);
    QString name = QFileInfo(QFileInfo(folder + u"exe"_s).symLinkTarget()).fileName();
    QFile shortName(folder + u"comm"_s);
    if (name.isEmpty() && shortName.open(QIODevice::ReadOnly))
        name = QString::fromUtf8(shortName.readAll()).trimmed();
    for (const auto &ending : {"-daemon"_L1, "-d"_L1}) {
        if (name.endsWith(ending))
            name.chop(ending.size());
    }
    return name;
}

} // namespace latchkey
