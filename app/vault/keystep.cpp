// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keystep.h"

#include <algorithm>

namespace latchkey {

namespace {

using Place = KeychainWatch::Place;
using Kind = KeyStep::Kind;

template<typename Predicate>
const Place *placeWhere(const KeychainWatch::Finding &finding, Predicate is)
{
    const auto place = std::find_if(finding.places.cbegin(), finding.places.cend(), is);
    return place != finding.places.cend() ? &*place : nullptr;
}

KeyStep tell(StoreError trouble)
{
    return {Kind::Tell, trouble, {}};
}

//! A closed wallet can be read, too: QtKeychain itself has it opened.
KeyStep read(const Place &place)
{
    const bool asks = !place.isOpen || place.item == Place::Item::Guarded;
    return {Kind::Read, {}, place.name, asks, !place.isOpen};
}

KeyStep missing(const Place *target, bool mayMake)
{
    if (!mayMake)
        return tell(StoreError::KeyMissing);
    return {Kind::Make, {}, {}, !target || !target->isOpen, target && !target->isOpen};
}

} // namespace

Keychain keychainInUse(const KeychainWatch::Finding &finding, Keychain preferred)
{
    return finding.answering.testFlag(preferred) ? preferred : Keychain::SecretService;
}

KeyStep keyStep(const KeychainWatch::Finding &finding, const std::optional<KeyPlace> &remembered,
    Keychain used, bool mayMake)
{
    if (!finding.answering)
        return tell(StoreError::Unavailable);
    if (remembered && remembered->keychain != used)
        return tell(StoreError::Elsewhere);

    const Place *target = placeWhere(
        finding, [&](const Place &place) { return place.keychain == used && place.isDefault; });
    const Place *home = !remembered ? target : placeWhere(finding, [&](const Place &place) {
        return place.keychain == used && place.name == remembered->collection;
    });
    if (home && home->holdsItem())
        return read(*home);
    // Looks elsewhere as well, because people move items and rename their databases.
    const Place *holder = placeWhere(
        finding, [&](const Place &place) { return place.keychain == used && place.holdsItem(); });
    const bool isLocked = home && !home->isOpen && home->item == Place::Item::Hidden;
    if (holder && !(remembered && isLocked))
        return read(*holder);
    if (isLocked && used == Keychain::KWallet)
        return read(*home);
    if (isLocked)
        return {Kind::Unlock, {}, home->name, true};
    if (remembered && !home)
        return tell(StoreError::Elsewhere);
    return missing(target, mayMake);
}

} // namespace latchkey
