// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/filequeue.h"

#include "support/fakefiles.h"
#include "support/warnings.h"

#include <QTest>
#include <QThread>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Failure = std::optional<StoreError>;

class TestFileQueue final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void workIsDoneElsewhereAndToldHere();
    void onePathIsInOrder();
    void aPathThatHangsHoldsUpItsOwnOnly();
    void whoHasLeftIsNotTold();
    void whatIsQueuedAtTheEndIsDone();

private:
    void replace(const QString &path, const QByteArray &bytes, QObject *context);

    std::shared_ptr<FakeDisk> m_disk;
    std::unique_ptr<FileQueue> m_queue;
    QStringList m_done;
};

void TestFileQueue::init()
{
    failOnAnyWarning();
    m_disk = std::make_shared<FakeDisk>();
    m_queue = std::make_unique<FileQueue>(std::make_unique<FakeFiles>(m_disk));
    m_done.clear();
}

void TestFileQueue::replace(const QString &path, const QByteArray &bytes, QObject *context)
{
    m_queue->run<Failure>(
        path, [path, bytes](DurableFiles &files) { return files.replace(path, bytes); }, context,
        [this, path](const Failure &) { m_done.append(path); });
}

void TestFileQueue::workIsDoneElsewhereAndToldHere()
{
    QThread *worker = nullptr;
    QThread *listener = nullptr;
    m_queue->run<int>(
        u"/a"_s,
        [&worker](DurableFiles &) {
            worker = QThread::currentThread();
            return 7;
        },
        this,
        [&listener](const int &outcome) {
            QCOMPARE(outcome, 7);
            listener = QThread::currentThread();
        });
    QVERIFY(!listener);
    QTRY_VERIFY(listener);
    QCOMPARE(listener, QThread::currentThread());
    QVERIFY(worker && worker != listener);
}

void TestFileQueue::onePathIsInOrder()
{
    constexpr int many = 200;
    for (int n = 0; n < many; ++n)
        replace(u"/a"_s, QByteArray::number(n), this);
    QTRY_COMPARE(m_done.size(), many);
    QCOMPARE(m_disk->files.value(u"/a"_s), QByteArray::number(many - 1));
}

void TestFileQueue::aPathThatHangsHoldsUpItsOwnOnly()
{
    m_disk->slowPath = u"/slow"_s;
    replace(u"/slow"_s, "s", this);
    replace(u"/slow"_s, "t", this);
    for (int n = 0; n < 20; ++n)
        replace(u"/quick-"_s + QString::number(n), "q", this);
    QTRY_COMPARE(m_done.size(), 20);
    QVERIFY(!m_done.contains(u"/slow"_s));
    m_disk->gate.release(2);
    QTRY_COMPARE(m_done.size(), 22);
    QCOMPARE(m_disk->files.value(u"/slow"_s), "t");
}

void TestFileQueue::whoHasLeftIsNotTold()
{
    m_disk->slowPath = u"/slow"_s;
    {
        QObject caller;
        replace(u"/slow"_s, "s", &caller);
    }
    replace(u"/slow"_s, "t", this);
    m_disk->gate.release(2);
    QTRY_COMPARE(m_done.size(), 1);
    QCOMPARE(m_disk->calls.size(), 2);
}

void TestFileQueue::whatIsQueuedAtTheEndIsDone()
{
    m_disk->slowPath = u"/slow"_s;
    replace(u"/slow"_s, "old", this);
    replace(u"/slow"_s, "new", this);
    m_disk->gate.release(2);
    m_queue.reset();
    QCOMPARE(m_disk->files.value(u"/slow"_s), "new");
}

QTEST_GUILESS_MAIN(TestFileQueue)
#include "tst_filequeue.moc"
