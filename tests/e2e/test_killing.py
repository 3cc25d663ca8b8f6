# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""No session is lost by kill -9, at any time or at any step of the vault, with a real keychain and
an appliance whose refresh tokens work only once. LATCHKEY_SEED repeats a run's choices."""

import os
import random
import unittest

from desktopsandbox import DesktopSandbox
from killing import STEPS, Machine

KILLS = 200


class Killing(unittest.TestCase):
    def test_no_session_is_lost(self):
        seed = int(os.environ.get("LATCHKEY_SEED", random.randrange(2**32)))
        print(f"\nseed {seed}", flush=True)
        with DesktopSandbox() as sandbox:
            machine = Machine(sandbox, seed)
            try:
                machine.run(lambda tally: tally.kills.total() >= KILLS)
            finally:
                print(machine.tally.text(), flush=True)
        for step in STEPS:
            self.assertGreaterEqual(machine.tally.kills[step], KILLS // 15, step)


if __name__ == "__main__":
    unittest.main()
