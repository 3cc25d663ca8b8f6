# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Many sessions in one latchkeyd: every successful sign-in survives a restart, latchkeyd is idle
afterwards, and it does not overload the appliance. ./dev bench and ./dev soak do this with a
thousand."""

import unittest

from desktopsandbox import DesktopSandbox, wait_until
from many import Idle, Many

SESSIONS = 120
IDLE_SECONDS = 3
#: For all threads together. A timer for each session would cause several times this number.
MOST_WAKE_UPS = 10
#: The largest share of the sessions renewed in one second, with a margin for a busy machine.
LARGEST_SHARE = 0.5


class ManySessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = DesktopSandbox()
        cls.addClassCleanup(cls.sandbox.leave)
        cls.many = Many(cls.sandbox, SESSIONS, "--set", "claims=opaque")
        cls.signed_in = cls.many.sign_in_all()

    def test_1_all_come_back_after_a_kill_and_then_rest(self):
        self.assertEqual(self.signed_in, SESSIONS)
        took = self.many.come_back()
        print(f"\nall restored after {took:.1f} s", flush=True)
        self.assertEqual(self.many.back(), SESSIONS)
        # The appliance has told each session to try again in an hour.
        self.many.wait_for_states(lambda states: states["waiting"] == SESSIONS)
        idle = self.rest()
        print(f"in {IDLE_SECONDS} idle seconds: {idle.ticks} ticks, {idle.wake_ups} wake-ups",
              flush=True)
        self.assertLessEqual(idle.wake_ups, MOST_WAKE_UPS)

    def test_2_renewals_at_a_start_are_spread(self):
        self.many.let_renew()
        self.many.restart()
        self.many.wait_until_renewed()
        most, span = self.many.busiest_second()
        print(f"\nthe busiest second saw {most} renewals; all took {span:.1f} s", flush=True)
        self.assertLessEqual(most, SESSIONS * LARGEST_SHARE)

    def rest(self):
        pid = self.many.pid
        wait_until(lambda: Idle(pid, 0.25).ticks == 0, "latchkeyd to rest")
        return Idle(pid, IDLE_SECONDS)


if __name__ == "__main__":
    unittest.main()
