// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keystep.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Kind = KeyStep::Kind;
using Place = KeychainWatch::Place;
using Item = Place::Item;

constexpr auto service = Keychain::SecretService;
constexpr auto wallet = Keychain::KWallet;
constexpr bool open = true;
constexpr bool closed = false;
constexpr bool isDefault = true;

KeyStep tell(StoreError trouble)
{
    return {Kind::Tell, trouble, {}};
}

KeyStep unlock(const QString &name)
{
    return {Kind::Unlock, {}, name, true};
}

KeyStep read(const QString &name, bool asks = false, bool isClosed = false)
{
    return {Kind::Read, {}, name, asks, isClosed};
}

KeyStep make(bool asks = false, bool isClosed = false)
{
    return {Kind::Make, {}, {}, asks, isClosed};
}

Place a(bool isOpen, Item item, bool isTheDefault = isDefault)
{
    return {service, u"a"_s, isOpen, isTheDefault, item};
}

Place b(bool isOpen, Item item, bool isTheDefault = !isDefault)
{
    return {service, u"b"_s, isOpen, isTheDefault, item};
}

Place purse(bool isOpen, Item item)
{
    return {wallet, u"kdewallet"_s, isOpen, isDefault, item};
}

} // namespace

//! One row per case: what is seen, what is remembered, and what is done next.
class TestKeyStep final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSeenTellsWhatIsDone_data();
    void whatIsSeenTellsWhatIsDone();
};

void TestKeyStep::whatIsSeenTellsWhatIsDone_data()
{
    QTest::addColumn<QList<Place>>("places");
    QTest::addColumn<Keychains>("answering");
    QTest::addColumn<std::optional<KeyPlace>>("remembered");
    QTest::addColumn<Keychain>("used");
    QTest::addColumn<KeyStep>("toFetch");
    QTest::addColumn<KeyStep>("toMake");

    using Places = QList<Place>;
    using Remembered = std::optional<KeyPlace>;
    const Remembered nothing;
    const Remembered inA = KeyPlace{service, u"a"_s, u"k"_s, {}};
    const Remembered inB = KeyPlace{service, u"b"_s, u"k"_s, {}};
    const Remembered inPurse = KeyPlace{wallet, u"kdewallet"_s, u"k"_s, {}};
    const Keychains none;
    const Keychains one = service;
    const Keychains both = Keychains(service) | wallet;
    const auto absent = tell(StoreError::Unavailable);
    const auto elsewhere = tell(StoreError::Elsewhere);
    const auto missing = tell(StoreError::KeyMissing);
    const auto row = [](const char *name, const Places &places, Keychains answering,
                         const Remembered &remembered, Keychain used, const KeyStep &toFetch,
                         const KeyStep &toMake) {
        QTest::newRow(name) << places << answering << remembered << used << toFetch << toMake;
    };

    row("no keychain", {}, none, nothing, service, absent, absent);
    row("no keychain, one remembered", {}, none, inA, service, absent, absent);

    row("new, open", {a(open, Item::None)}, one, nothing, service, missing, make());
    row("new, locked", {a(closed, Item::Hidden)}, one, nothing, service, unlock(u"a"_s),
        unlock(u"a"_s));
    row("new, no keyring yet", {}, one, nothing, service, missing, make(true));
    row("new, none is the default", {a(open, Item::None, !isDefault)}, one, nothing, service,
        missing, make(true));
    row("forgotten, readable", {a(open, Item::Readable)}, one, nothing, service, read(u"a"_s),
        read(u"a"_s));
    row("forgotten, in another place", {a(closed, Item::Hidden), b(open, Item::Readable)}, one,
        nothing, service, read(u"b"_s), read(u"b"_s));

    row("readable", {a(open, Item::Readable)}, one, inA, service, read(u"a"_s), read(u"a"_s));
    row("guarded", {a(open, Item::Guarded)}, one, inA, service, read(u"a"_s, true),
        read(u"a"_s, true));
    row("not in the default", {a(open, Item::None), b(open, Item::Readable)}, one, inB, service,
        read(u"b"_s), read(u"b"_s));
    row("locked", {a(closed, Item::Hidden)}, one, inA, service, unlock(u"a"_s), unlock(u"a"_s));
    row("locked, another open", {a(closed, Item::Hidden), b(open, Item::None)}, one, inA, service,
        unlock(u"a"_s), unlock(u"a"_s));
    row("locked, another key in the open", {a(closed, Item::Hidden), b(open, Item::Readable)}, one,
        inA, service, unlock(u"a"_s), unlock(u"a"_s));
    row("gone", {a(open, Item::None)}, one, inA, service, missing, make());
    row("gone, another is the default",
        {a(open, Item::None, !isDefault), b(closed, Item::Hidden, isDefault)}, one, inA, service,
        missing, make(true, true));
    row("moved", {a(open, Item::None), b(open, Item::Readable)}, one, inA, service, read(u"b"_s),
        read(u"b"_s));
    row("another open", {a(open, Item::None)}, one, inB, service, elsewhere, elsewhere);
    row("another locked", {a(closed, Item::Hidden)}, one, inB, service, elsewhere, elsewhere);
    row("nothing open", {}, one, inB, service, elsewhere, elsewhere);
    row("renamed", {a(open, Item::Readable)}, one, inB, service, read(u"a"_s), read(u"a"_s));

    row("wallet", {purse(open, Item::Readable)}, wallet, inPurse, wallet, read(u"kdewallet"_s),
        read(u"kdewallet"_s));
    row("closed wallet", {purse(closed, Item::Readable)}, wallet, inPurse, wallet,
        read(u"kdewallet"_s, true, true), read(u"kdewallet"_s, true, true));
    row("new wallet", {purse(open, Item::None)}, wallet, nothing, wallet, missing, make());
    row("closed wallet that does not tell", {purse(closed, Item::Hidden)}, wallet, inPurse, wallet,
        read(u"kdewallet"_s, true, true), read(u"kdewallet"_s, true, true));
    row("new closed wallet", {purse(closed, Item::Hidden)}, wallet, nothing, wallet,
        read(u"kdewallet"_s, true, true), read(u"kdewallet"_s, true, true));
    row("gone from the wallet", {purse(open, Item::None)}, wallet, inPurse, wallet, missing,
        make());
    row("late wallet", {a(open, Item::None)}, one, inPurse, service, elsewhere, elsewhere);
    row("the wallet is used, not the holder", {purse(open, Item::None), a(open, Item::Readable)},
        both, inA, wallet, elsewhere, elsewhere);
    row("both, the wallet holds it", {purse(open, Item::Readable), a(open, Item::None)}, both,
        inPurse, wallet, read(u"kdewallet"_s), read(u"kdewallet"_s));
    row("both, the other holds it", {purse(open, Item::Readable), a(open, Item::None)}, both,
        nothing, service, missing, make());
}

void TestKeyStep::whatIsSeenTellsWhatIsDone()
{
    QFETCH(const QList<Place>, places);
    QFETCH(const Keychains, answering);
    QFETCH(const std::optional<KeyPlace>, remembered);
    QFETCH(const Keychain, used);
    QFETCH(const KeyStep, toFetch);
    QFETCH(const KeyStep, toMake);
    const KeychainWatch::Finding finding{answering, places, {}};
    QVERIFY(keyStep(finding, remembered, used, false) == toFetch);
    QVERIFY(keyStep(finding, remembered, used, true) == toMake);
}

QTEST_GUILESS_MAIN(TestKeyStep)
#include "tst_keystep.moc"
