// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include "support/warnings.h"

#include <QDebug>
#include <QTest>

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <vector>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! Keeps a copy of what freed memory contained, because freed memory must not be read.
class WatchedMemory final : public std::pmr::memory_resource {
public:
    std::vector<char> givenBack;

private:
    void *do_allocate(std::size_t bytes, std::size_t alignment) override
    {
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void *memory, std::size_t bytes, std::size_t alignment) override
    {
        givenBack.assign(static_cast<char *>(memory), static_cast<char *>(memory) + bytes);
        std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const memory_resource &other) const noexcept override
    {
        return this == &other;
    }
};

//! A string over memory of the test's, which survives the string. Qt takes the string for the only
//! owner.
template<typename String, typename Character> String over(std::vector<Character> &memory)
{
    using Header = QTypedArrayData<Character>;
    auto *header = Header::allocate(1).first;
    return String(
        typename String::DataPointer(header, memory.data(), static_cast<qsizetype>(memory.size())));
}

template<typename Character> bool isZero(const std::vector<Character> &memory)
{
    return std::ranges::all_of(memory, [](Character c) { return c == Character(0); });
}

} // namespace

class TestSecret final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void givesBackWhatItWasMadeOf_data();
    void givesBackWhatItWasMadeOf();
    void isEmptyByDefault();
    void comparesByContent();
    void copiesShareOneBuffer();
    void debugShowsTheLengthAlone();
    void theLastCopyOverwritesTheBuffer();
    void wipingWhatIsEmptyIsFine();
    void wipingOverwritesBytes();
    void wipingOverwritesText();
    void wipingLeavesOtherOwnersAlone();
};

void TestSecret::givesBackWhatItWasMadeOf_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << u"password"_s;
    QTest::newRow("special") << u"p+a ss&w=ö%25"_s;
    QTest::newRow("outside the first plane") << u"ключ \U0001F511"_s;
    QTest::newRow("with a null") << QString(u"a\0b"_s);
    QTest::newRow("8 KiB") << QString(8192, u'ß');
}

void TestSecret::givesBackWhatItWasMadeOf()
{
    QFETCH(const QString, text);
    const Secret secret = Secret::fromString(text);
    QCOMPARE(secret.toString(), text);
    QCOMPARE(secret.bytes().toByteArray(), text.toUtf8());
    QCOMPARE(secret.size(), text.toUtf8().size());
    QVERIFY(!secret.isEmpty());
    QVERIFY(secret == Secret::fromBytes(text.toUtf8()));
}

void TestSecret::isEmptyByDefault()
{
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret::fromString(QString()).isEmpty());
    QVERIFY(Secret::fromBytes({}).isEmpty());
    QVERIFY(Secret() == Secret::fromString(u""_s));
    QCOMPARE(Secret().toString(), QString());
}

void TestSecret::comparesByContent()
{
    QVERIFY(Secret::fromBytes("abc") == Secret::fromBytes("abc"));
    QVERIFY(Secret::fromBytes("abc") != Secret::fromBytes("abd"));
    QVERIFY(Secret::fromBytes("abc") != Secret::fromBytes("ab"));
    QVERIFY(Secret::fromBytes("abc") != Secret());
}

void TestSecret::copiesShareOneBuffer()
{
    auto first = std::make_unique<Secret>(Secret::fromBytes("shared"));
    const Secret second = *first;
    QVERIFY(second.bytes().data() == first->bytes().data());
    first.reset();
    QCOMPARE(second.toString(), u"shared"_s);
}

void TestSecret::debugShowsTheLengthAlone()
{
    QString shown;
    QDebug(&shown) << Secret::fromBytes("hunter2") << "after";
    QCOMPARE(shown, u"Secret(7 bytes) after "_s);
}

void TestSecret::theLastCopyOverwritesTheBuffer()
{
    constexpr qsizetype size = 4099;
    WatchedMemory memory;
    Secret::keepIn(&memory);
    auto first = std::make_unique<Secret>(Secret::fromBytes(QByteArray(size, 'x')));
    Secret::keepIn(std::pmr::new_delete_resource()); // existing memory stays where it is
    auto second = std::make_unique<Secret>(*first);
    first.reset();
    QVERIFY(memory.givenBack.empty());
    second.reset();
    QCOMPARE(memory.givenBack, std::vector<char>(size, '\0'));
}

void TestSecret::wipingWhatIsEmptyIsFine()
{
    QByteArray bytes;
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QString text;
    wipe(text);
    QVERIFY(text.isEmpty());
}

void TestSecret::wipingOverwritesBytes()
{
    std::vector<char> memory(100, 'x');
    auto bytes = over<QByteArray>(memory);
    QCOMPARE(bytes, QByteArray(100, 'x'));
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QVERIFY(isZero(memory));
}

void TestSecret::wipingOverwritesText()
{
    std::vector<char16_t> memory(100, u'x');
    auto text = over<QString>(memory);
    QCOMPARE(text, QString(100, u'x'));
    wipe(text);
    QVERIFY(text.isEmpty());
    QVERIFY(isZero(memory));
}

void TestSecret::wipingLeavesOtherOwnersAlone()
{
    QByteArray bytes("shared");
    const QByteArray other = bytes;
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QCOMPARE(other, "shared"_ba);
}

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
