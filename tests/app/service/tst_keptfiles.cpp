// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/keptfiles.h"

#include "support/replies.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

Account account(const QString &name, const QString &place, bool isForgotten = false)
{
    Account account = anAccount();
    account.name = name;
    account.keptAs = place;
    account.keepSignedIn = true;
    account.isForgotten = isForgotten;
    return account;
}

QStringList namesIn(const QList<Account> &accounts)
{
    QStringList names;
    for (const Account &account : accounts)
        names.append(account.name);
    return names;
}

} // namespace

//! Of the names that the list and the sealed files tell, the sealed ones count.
class TestKeptFiles final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sealedNamesCount_data();
    void sealedNamesCount();
};

void TestKeptFiles::sealedNamesCount_data()
{
    QTest::addColumn<QList<Account>>("listed");
    QTest::addColumn<QStringList>("names");

    constexpr bool isForgotten = true;
    QTest::newRow("as sealed") << QList{account(u"a"_s, u"a"_s), account(u"b"_s, u"b"_s)}
                               << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("swapped") << QList{account(u"b"_s, u"a"_s), account(u"a"_s, u"b"_s)}
                             << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("another name") << QList{account(u"c"_s, u"a"_s)} << QStringList{u"a"_s};
    QTest::newRow("beside a forgotten one of that name")
        << QList{account(u"b"_s, u"a"_s), account(u"c"_s, u"b"_s), account(u"a"_s, {}, isForgotten)}
        << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("not sealed") << QList{account(u"d"_s, u"d"_s)} << QStringList{u"d"_s};
    QTest::newRow("not sealed, by a name that is")
        << QList{account(u"a"_s, u"a"_s), account(u"a"_s, u"d"_s)} << QStringList{u"a"_s};
    QTest::newRow("one that takes another's name") << QList{account(u"c"_s, u"takes-a"_s),
        account(u"a"_s, u"a"_s)} << QStringList{u"c"_s, u"a"_s};
    QTest::newRow("two that take one name") << QList{account(u"d"_s, u"takes-a"_s),
        account(u"e"_s, u"also-takes-a"_s)} << QStringList{u"a"_s, u"e"_s};
    QTest::newRow("one that takes the name of one that takes another's") << QList{
        account(u"d"_s, u"takes-c"_s), account(u"a"_s, u"a"_s),
        account(u"c"_s, u"takes-a"_s)} << QStringList{u"d"_s, u"a"_s, u"c"_s};
}

void TestKeptFiles::sealedNamesCount()
{
    QFETCH(const QList<Account>, listed);
    QFETCH(const QStringList, names);
    const QHash<QString, Account> owners{{u"a"_s, account(u"a"_s, u"a"_s)},
        {u"b"_s, account(u"b"_s, u"b"_s)}, {u"takes-a"_s, account(u"a"_s, u"takes-a"_s)},
        {u"also-takes-a"_s, account(u"a"_s, u"also-takes-a"_s)},
        {u"takes-c"_s, account(u"c"_s, u"takes-c"_s)}};
    QCOMPARE(namesIn(withSealedNames(listed, owners)), names);
}

QTEST_GUILESS_MAIN(TestKeptFiles)
#include "tst_keptfiles.moc"
