# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What Latchkey keeps in a sandbox, read without Latchkey: libsodium itself opens the sealed files,
with the key from the real keychain."""

import base64
import ctypes
import ctypes.util
import json
import os
import urllib.parse

from keychain import Keychain

HEADER = b"latchkey-sealed-2\n"
NONCE_SIZE = 24
TAG_SIZE = 16
KEY_TEXT = "latchkey-vault-key-1:"

sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")


def place_of(account):
    """What its files are called: the name that it had at first."""
    return account.get("keptAs", account["name"])


class Vault:
    def __init__(self, sandbox):
        self.folder = os.path.join(sandbox.env["XDG_DATA_HOME"], "latchkey", "vault")
        self._accounts = os.path.join(sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json")
        self._sandbox = sandbox
        self._key = None

    def path(self, name):
        return os.path.join(self.folder, urllib.parse.quote(name, safe="-_.~") + ".sealed")

    def names(self):
        files = os.listdir(self.folder) if os.path.isdir(self.folder) else []
        return {urllib.parse.unquote(file.removesuffix(".sealed"))
                for file in files if file.endswith(".sealed")}

    def refresh_tokens(self):
        """The refresh token of each account that has a file, by name."""
        kept = self.names()
        return {account["name"]: self.record(account)["refreshToken"]
                for account in self.accounts() if place_of(account) in kept}

    def accounts(self):
        if not os.path.exists(self._accounts):
            return []
        with open(self._accounts, encoding="utf-8") as file:
            return json.load(file)["accounts"]

    def record(self, account):
        with open(self.path(place_of(account)), "rb") as file:
            sealed = file.read()
        beginning, record = self.unseal(sealed, place_of(account))
        head = json.loads(beginning.removeprefix(HEADER))
        owner = [account[key] for key in ("name", "server", "user", "kind")]
        if "clientId" in account or "keptAs" in account:
            owner.append(account.get("clientId", ""))
        if "keptAs" in account:
            owner.append(account["keptAs"])
        if head != owner:
            raise ValueError("sealed for another account")
        return json.loads(record)

    def unseal(self, sealed, name):
        """The head, which everybody can read, and the record that is sealed."""
        if not sealed.startswith(HEADER):
            raise ValueError("not a sealed file")
        end = sealed.index(b"\n", len(HEADER)) + 1
        beginning, nonce = sealed[:end], sealed[end:end + NONCE_SIZE]
        encrypted = sealed[end + NONCE_SIZE:]
        bound = beginning + name.encode()
        plain = ctypes.create_string_buffer(max(len(encrypted) - TAG_SIZE, 1))
        refused = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, None, None, encrypted, ctypes.c_ulonglong(len(encrypted)), bound,
            ctypes.c_ulonglong(len(bound)), nonce, self._vault_key())
        if refused:
            raise ValueError("the seal is broken")
        return beginning, plain.raw[:len(encrypted) - TAG_SIZE]

    def seal_as_before(self, account):
        """Writes its file anew in the first format, where the head was bound into the seal but
        stood in no line."""
        with open(self.path(account["name"]), "rb") as file:
            beginning, record = self.unseal(file.read(), account["name"])
        header = b"latchkey-sealed-1\n"
        bound = header + beginning.removeprefix(HEADER).removesuffix(b"\n")
        nonce = os.urandom(NONCE_SIZE)
        encrypted = ctypes.create_string_buffer(len(record) + TAG_SIZE)
        sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            encrypted, None, record, ctypes.c_ulonglong(len(record)), bound,
            ctypes.c_ulonglong(len(bound)), None, nonce, self._vault_key())
        with open(self.path(account["name"]), "wb") as file:
            file.write(header + nonce + encrypted.raw)

    def _vault_key(self):
        """Read once, as it never changes."""
        if not self._key:
            keychain = Keychain(self._sandbox)
            text = keychain.secret("vault key")
            keychain.close()
            if not text or not text.startswith(KEY_TEXT):
                raise ValueError("the keychain holds no vault key")
            encoded = text.removeprefix(KEY_TEXT)
            self._key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        return self._key
