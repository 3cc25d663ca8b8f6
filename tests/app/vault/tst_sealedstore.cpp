// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/sealedstore.h"

#include "support/fakefiles.h"
#include "support/fakevaultkey.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(latchkey::StoreError)
Q_DECLARE_METATYPE(latchkey::Secret)

class TestSealedStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void comesBackAfterARestart();
    void whoseItIsIsReadInIt();
    void nothingIsSealedInClear();
    void noFileAsksForNoKey();
    void eraseNeedsNoKey();
    void waitsForTheKey();
    void keyTroubleIsTold_data();
    void keyTroubleIsTold();
    void troubleThatIsThereAlreadyIsTold();
    void keyThatComesLateIsTold();
    void diskTroubleIsTold_data();
    void diskTroubleIsTold();
    void damageIsPutAside_data();
    void damageIsPutAside();

private:
    [[nodiscard]] std::unique_ptr<SealedStore> store(
        const SealOwner &owner = {"prod", "its appliance"});
    void save(const QByteArray &record);

    const QString m_path = u"/vault/prod.sealed"_s;
    std::shared_ptr<FakeDisk> m_disk;
    std::unique_ptr<FakeVaultKey> m_key;
    std::unique_ptr<FileQueue> m_queue;
};

void TestSealedStore::init()
{
    failOnAnyWarning();
    m_queue.reset();
    m_disk = std::make_shared<FakeDisk>();
    m_key = std::make_unique<FakeVaultKey>();
    m_queue = std::make_unique<FileQueue>(std::make_unique<FakeFiles>(m_disk));
}

std::unique_ptr<SealedStore> TestSealedStore::store(const SealOwner &owner)
{
    return std::make_unique<SealedStore>(SealedStore::Place{m_path, owner}, *m_key, *m_queue);
}

void TestSealedStore::save(const QByteArray &record)
{
    const auto writer = store();
    QSignalSpy saved(writer.get(), &SecretStore::saved);
    writer->save(Secret::fromBytes(record));
    QVERIFY(saved.wait());
}

void TestSealedStore::comesBackAfterARestart()
{
    m_key->arrive();
    save("first");
    save("second");
    const auto reader = store();
    QSignalSpy loaded(reader.get(), &SecretStore::loaded);
    reader->load();
    QVERIFY(loaded.wait());
    QCOMPARE(loaded.first().first().value<Secret>().bytes().toByteArray(), QByteArray("second"));
}

void TestSealedStore::whoseItIsIsReadInIt()
{
    m_key->arrive();
    save("record");
    const auto reader = store({"prod", "another appliance"});
    QSignalSpy loaded(reader.get(), &SecretStore::loaded);
    reader->load();
    QVERIFY(loaded.wait());
    QCOMPARE(loaded.first().first().value<Secret>().bytes().toByteArray(), QByteArray("record"));
}

void TestSealedStore::nothingIsSealedInClear()
{
    m_key->arrive();
    save("plainly-fake-refresh-token");
    QVERIFY(!m_disk->files.value(m_path).isEmpty());
    QVERIFY(!m_disk->files.value(m_path).contains("fake"));
}

void TestSealedStore::noFileAsksForNoKey()
{
    const auto reader = store();
    QSignalSpy loaded(reader.get(), &SecretStore::loaded);
    reader->load();
    QVERIFY(loaded.wait());
    QVERIFY(loaded.first().first().value<Secret>().isEmpty());
    QCOMPARE(m_key->fetches + m_key->makes, 0);
}

void TestSealedStore::eraseNeedsNoKey()
{
    m_key->arrive();
    save("record");
    m_key = std::make_unique<FakeVaultKey>();
    const auto eraser = store();
    QSignalSpy erased(eraser.get(), &SecretStore::erased);
    eraser->erase();
    QVERIFY(erased.wait());
    QVERIFY(m_disk->files.isEmpty());
    eraser->erase();
    QVERIFY(erased.wait());
    QCOMPARE(m_key->fetches + m_key->makes, 0);
}

void TestSealedStore::waitsForTheKey()
{
    const auto writer = store();
    QSignalSpy saved(writer.get(), &SecretStore::saved);
    writer->save(Secret::fromBytes("record"));
    QCOMPARE(m_key->makes, 1);
    QVERIFY(m_disk->calls.isEmpty());
    m_key->arrive();
    QVERIFY(saved.wait());

    m_key = std::make_unique<FakeVaultKey>();
    const auto reader = store();
    QSignalSpy loaded(reader.get(), &SecretStore::loaded);
    reader->load();
    QTRY_COMPARE(m_key->fetches, 1);
    QCOMPARE(loaded.count(), 0);
    m_key->arrive();
    QCOMPARE(loaded.count(), 1);
}

void TestSealedStore::keyTroubleIsTold_data()
{
    QTest::addColumn<StoreError>("trouble");

    QTest::newRow("unavailable") << StoreError::Unavailable;
    QTest::newRow("locked") << StoreError::Locked;
    QTest::newRow("denied") << StoreError::Denied;
    QTest::newRow("slow") << StoreError::Slow;
    QTest::newRow("elsewhere") << StoreError::Elsewhere;
    QTest::newRow("missing") << StoreError::KeyMissing;
}

void TestSealedStore::keyTroubleIsTold()
{
    QFETCH(const StoreError, trouble);
    const auto writer = store();
    const QSignalSpy failed(writer.get(), &SecretStore::failed);
    writer->save(Secret::fromBytes("record"));
    m_key->fail(trouble);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<StoreError>(), trouble);
    m_key->fail(StoreError::Locked); // nothing is wanted any more
    QCOMPARE(failed.count(), 1);
}

void TestSealedStore::troubleThatIsThereAlreadyIsTold()
{
    m_key->fail(StoreError::Locked);
    const auto writer = store();
    QSignalSpy failed(writer.get(), &SecretStore::failed);
    writer->save(Secret::fromBytes("record"));
    QCOMPARE(failed.count(), 0); // the result comes from the event loop
    QVERIFY(failed.wait());
}

void TestSealedStore::keyThatComesLateIsTold()
{
    const auto writer = store();
    const QSignalSpy recovered(writer.get(), &SecretStore::recovered);
    writer->save(Secret::fromBytes("record"));
    m_key->fail(StoreError::Slow);
    QCOMPARE(recovered.count(), 0);
    m_key->arrive();
    QCOMPARE(recovered.count(), 1);
}

void TestSealedStore::diskTroubleIsTold_data()
{
    QTest::addColumn<StoreError>("trouble");

    QTest::newRow("full") << StoreError::DiskFull;
    QTest::newRow("read-only") << StoreError::NotWritable;
}

void TestSealedStore::diskTroubleIsTold()
{
    QFETCH(const StoreError, trouble);
    m_key->arrive();
    save("record");
    m_disk->failure = trouble;
    const auto sealed = store();
    QSignalSpy failed(sealed.get(), &SecretStore::failed);
    sealed->save(Secret::fromBytes("newer"));
    QVERIFY(failed.wait());
    sealed->load();
    QVERIFY(failed.wait());
    sealed->erase();
    QVERIFY(failed.wait());
    for (const auto &told : std::as_const(failed))
        QCOMPARE(told.first().value<StoreError>(), trouble);
    m_disk->failure.reset();
    QSignalSpy loaded(sealed.get(), &SecretStore::loaded);
    sealed->load();
    QVERIFY(loaded.wait());
    QCOMPARE(loaded.first().first().value<Secret>().bytes().toByteArray(), QByteArray("record"));
}

void TestSealedStore::damageIsPutAside_data()
{
    QTest::addColumn<QString>("damage");

    for (const char *damage : {"flipped", "cut short", "empty", "another name", "another key"})
        QTest::newRow(damage) << QString::fromLatin1(damage);
}

void TestSealedStore::damageIsPutAside()
{
    QFETCH(const QString, damage);
    m_key->arrive();
    save("record");
    QByteArray &file = m_disk->files[m_path];
    if (damage == "flipped"_L1)
        file[30] = static_cast<char>(file[30] ^ 1);
    if (damage == "cut short"_L1)
        file.chop(1);
    if (damage == "empty"_L1)
        file.clear();
    if (damage == "another key"_L1)
        m_key->arrive('l');
    const bool isAnothers = damage == "another name"_L1;
    const auto reader = store({isAnothers ? "test" : "prod", "its appliance"});
    QSignalSpy failed(reader.get(), &SecretStore::failed);
    QSignalSpy loaded(reader.get(), &SecretStore::loaded);
    expectWarning("damaged, and put aside");
    reader->load();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Damaged);
    QCOMPARE(loaded.count(), 0); // no empty record either
    QCOMPARE(m_disk->aside, QStringList(m_path));
}

QTEST_GUILESS_MAIN(TestSealedStore)
#include "tst_sealedstore.moc"
