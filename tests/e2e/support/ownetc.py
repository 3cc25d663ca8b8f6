# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""A /etc/latchkey of a test's own, where it is the administrator."""

import ctypes
import json
import os
import shutil
import subprocess
import tempfile

CLONE_NEWNS = 0x00020000
FOLDER = "/etc/latchkey"


def enter():
    """From here on, this process and its children have a copy of /etc that nobody else sees. It
    ends with them."""
    if os.geteuid() != 0:
        raise RuntimeError("Only root can try this: it takes a /etc of its own")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        raise RuntimeError(f"no mounts of our own: {os.strerror(ctypes.get_errno())}")
    copy = tempfile.mkdtemp(prefix="latchkey-etc-")
    for command in (["mount", "--make-rprivate", "/"],
                    ["mount", "-t", "tmpfs", "-o", "mode=755", "none", copy],
                    ["cp", "-a", "/etc/.", copy], ["mount", "--bind", copy, "/etc"],
                    ["umount", copy]):
        subprocess.run(command, check=True)
    os.rmdir(copy)
    os.makedirs(FOLDER, mode=0o755, exist_ok=True)
    os.chmod(FOLDER, 0o755)


def decree(policy, mode=0o644):
    """Puts a policy in place as a whole, given as text or as what JSON is made of."""
    path = os.path.join(FOLDER, "policy.json")
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(policy if isinstance(policy, str) else json.dumps(policy))
        os.fchmod(file.fileno(), mode)
    os.replace(path + ".new", path)


def lift():
    """There is no policy any more."""
    shutil.rmtree(FOLDER)
    os.mkdir(FOLDER, 0o755)
