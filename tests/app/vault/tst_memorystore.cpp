// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/memorystore.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

class TestMemoryStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void startsEmpty();
    void givesBackWhatWasSaved();
    void erasesWhatWasSaved();
    void answersFromTheEventLoop();
    void isNotDurable();

private:
    //! What the store returns now.
    [[nodiscard]] static std::optional<Secret> loadFrom(MemoryStore &store);
};

std::optional<Secret> TestMemoryStore::loadFrom(MemoryStore &store)
{
    std::optional<Secret> content;
    QObject context;
    connect(
        &store, &SecretStore::loaded, &context, [&](const Secret &secret) { content = secret; });
    store.load();
    QCoreApplication::processEvents();
    return content;
}

void TestMemoryStore::startsEmpty()
{
    MemoryStore store;
    const auto content = loadFrom(store);
    QVERIFY(content);
    QVERIFY(content->isEmpty());
}

void TestMemoryStore::givesBackWhatWasSaved()
{
    MemoryStore store;
    QSignalSpy saved(&store, &SecretStore::saved);
    store.save(secret("record"));
    QVERIFY(saved.wait());
    QVERIFY(loadFrom(store) == secret("record"));
}

void TestMemoryStore::erasesWhatWasSaved()
{
    MemoryStore store;
    QSignalSpy erased(&store, &SecretStore::erased);
    QSignalSpy saved(&store, &SecretStore::saved);
    store.save(secret("record"));
    QVERIFY(saved.wait());
    store.erase();
    QVERIFY(erased.wait());
    QVERIFY(loadFrom(store)->isEmpty());
    store.erase();
    QVERIFY(erased.wait());
}

void TestMemoryStore::answersFromTheEventLoop()
{
    MemoryStore store;
    QSignalSpy saved(&store, &SecretStore::saved);
    store.save(secret("record"));
    QCOMPARE(saved.count(), 0);
    QVERIFY(saved.wait());
    QCOMPARE(saved.count(), 1);
}

void TestMemoryStore::isNotDurable()
{
    QVERIFY(!MemoryStore().isDurable());
}

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
