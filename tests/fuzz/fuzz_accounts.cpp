// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! accounts.json: what was read and written again must read the same.

#include "fuzz/fuzz.h"

#include "session/accounts.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

namespace {

class Folder {
public:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        must(file.open(QFile::WriteOnly) && file.write(text) == text.size(), "the disk has room");
    }
    void remove(const QString &name) const { QFile::remove(path(name)); }

private:
    QTemporaryDir m_folder;
};

} // namespace

void tryOne(const QByteArray &input)
{
    static const Folder folder;
    folder.write(u"accounts.json"_s, input);
    const QList<Account> accounts = Accounts::load(folder.path(u"accounts.json"_s));
    folder.remove(u"accounts.json.damaged"_s);

    const QString copy = folder.path(u"copy.json"_s);
    folder.write(u"copy.json"_s, Accounts::toJson(accounts));
    must(Accounts::load(copy) == accounts, "accounts are read as they were written");
    must(!QFile::exists(copy + u".damaged"_s), "what Latchkey wrote is not damaged");
}

} // namespace latchkey::fuzz
