// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include "support/warnings.h"

#include <QDebug>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t secretSize = 4099;

//! What stood in the secret's memory at the moment it was given back.
std::array<unsigned char, secretSize> givenBack;
bool isWatching = false;

void giveBack(void *memory)
{
    if (isWatching && memory)
        std::copy_n(static_cast<unsigned char *>(memory), secretSize, givenBack.begin());
    std::free(memory);
}

QByteArray longText()
{
    return QByteArray(static_cast<qsizetype>(secretSize), 'x');
}

//! A string over memory of ours, which is still there when the string is not. To Qt it is the
//! only owner of it.
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

// Memory that was freed may not be read: the test keeps what stood in it.
void *operator new[](std::size_t size)
{
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete[](void *memory) noexcept
{
    giveBack(memory);
}

void operator delete[](void *memory, std::size_t) noexcept
{
    giveBack(memory);
}

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
    auto first = std::make_unique<Secret>(Secret::fromBytes(longText()));
    auto second = std::make_unique<Secret>(*first);
    givenBack.fill('?');
    isWatching = true;
    first.reset();
    QVERIFY(givenBack.front() == '?');
    second.reset();
    isWatching = false;
    QVERIFY(std::ranges::all_of(givenBack, [](unsigned char byte) { return byte == 0; }));
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
    QByteArray bytes = longText();
    const QByteArray other = bytes;
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QCOMPARE(other, longText());
}

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
