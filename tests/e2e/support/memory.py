# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What a live process holds in its memory, read from outside."""

import base64
import re
import urllib.parse

#: In bytes. Larger regions are not the program's but the sanitizers' own.
LARGEST = 1 << 32
#: Options by which the sanitizers' heap wipes what is freed, as Latchkey's own heap does.
WIPES = "max_free_fill_size=1073741824:free_fill_byte=0"


def forms(secret):
    """The bytes of all forms in which a program may hold it, by name."""
    raw = secret.encode()
    shapes = {
        "plain": raw,
        "UTF-16": secret.encode("utf-16-le"),
        "percent-encoded": urllib.parse.quote(secret, safe="").encode(),
    }
    for start in range(3):  # base64 has three bytes a group, and differs by where it begins
        text = base64.b64encode(b"x" * start + raw).decode().rstrip("=")
        shapes[f"base64 {start}"] = text[(0, 2, 3)[start]:len(text) - 2].encode()
    return shapes


def search(pid, secrets):
    """Where the secrets are, one line for each find. `secrets` maps names to texts."""
    found = []
    for region in regions(pid):
        for what, shape in patterns(secrets):
            count = len(re.findall(re.escape(shape), region.content))
            if count:
                found.append(f"{what}: {count} times in {region.name}")
    return found


def flags_of_places(pid, secrets):
    """The VmFlags of each region that holds one of the secrets (see proc(5)), such as `dd` (in no
    core dump) and `lo` (never in the swap file)."""
    return [region.flags for region in regions(pid)
            if any(shape in region.content for _, shape in patterns(secrets))]


def patterns(secrets):
    return [(f"{name}, {form}", shape) for name, secret in secrets.items()
            for form, shape in forms(secret).items()]


class Region:
    def __init__(self, head):
        fields = head.split(None, 5)
        self.begin, self.end = (int(address, 16) for address in fields[0].split("-"))
        self.can_be_read = "r" in fields[1]
        self.name = fields[5].strip() if len(fields) > 5 else "anonymous memory"
        self.flags = []
        self.content = b""

    def read(self, memory):
        try:
            memory.seek(self.begin)
            self.content = memory.read(self.end - self.begin)
        except (OSError, OverflowError):
            pass


def regions(pid):
    """Each mapped region that can be read, with its content."""
    with open(f"/proc/{pid}/smaps", encoding="utf-8") as maps, \
            open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        region = None
        for line in maps:
            if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
                region = Region(line)
            elif line.startswith("VmFlags:"):
                region.flags = line.split()[1:]
                is_memory = region.end - region.begin < LARGEST and not region.name.startswith("[v")
                if region.can_be_read and is_memory:
                    region.read(memory)
                    yield region
