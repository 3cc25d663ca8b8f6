# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""latchkeyd while the machine sleeps, wakes up and loses its network."""

import os
import subprocess
import time
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, wait_until
from fakelogind import FakeLogind
from screensaver import ScreenSaver
from programs import Daemon, ctl, show, wait_for_state


class Case(unittest.TestCase):
    def setUp(self):
        self.set_up("--memory-only", keychain=False)

    def set_up(self, *options, **desktop):
        self.sandbox = DesktopSandbox(**desktop)
        self.addCleanup(self.sandbox.leave)
        self.machine = FakeLogind(self.sandbox)
        self.appliance = Appliance(self.sandbox)
        self.daemon = Daemon(self.sandbox, *options)

    def sign_in(self, server=None):
        answer = ctl(self.sandbox, "sign-in", "prod", "--kind", "azure", "--server",
                     server or self.appliance.url, "--user", "operator", "--password-stdin",
                     "--trust", self.appliance.fingerprint, stdin=PASSWORD)
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def begin_renewal(self):
        asked = len(self.appliance.requests())
        self.sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "refresh", "prod",
                           "--deadline", "30", stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: len(self.appliance.requests()) > asked, "the renewal to begin")

    def causes(self):
        return [event["cause"] for event in show(self.sandbox, "prod")["history"]]


class Sleep(Case):
    def test_waits_for_a_renewal_that_is_under_way(self):
        self.sign_in()
        self.appliance.switch(delayMs=1500)
        self.begin_renewal()
        self.assertTrue(self.machine.sleep_waits())
        self.machine.sleep()
        self.assertEqual(show(self.sandbox, "prod")["state"], "refreshing")
        self.assertTrue(self.machine.sleep_waits())
        wait_until(lambda: not self.machine.sleep_waits(), "the machine to be let sleep")
        self.assertEqual(show(self.sandbox, "prod")["state"], "active")
        self.assertNotIn("fell-asleep", self.causes())
        self.machine.wake_up()
        wait_until(self.machine.sleep_waits, "the next sleep to be held up")

    def test_renewal_that_hangs_is_dropped_and_tried_at_once_on_waking(self):
        self.sign_in()
        self.appliance.switch(fault="hang")
        self.begin_renewal()
        began = time.monotonic()
        self.machine.sleep()
        wait_until(lambda: not self.machine.sleep_waits(), "the machine to be let sleep")
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(show(self.sandbox, "prod")["state"], "waiting")
        self.appliance.switch(fault="none")
        asked = len(self.appliance.requests())
        self.machine.wake_up()
        wait_for_state(self.sandbox, "prod", "active", patience=10)
        self.assertEqual(len(self.appliance.requests()), asked + 1)
        self.assertEqual(self.causes()[-3:], ["fell-asleep", "woke-up", "granted"])

    def test_nothing_is_sent_while_asleep(self):
        self.appliance.switch(accessLife=4)
        self.sign_in()
        self.machine.sleep()
        wait_until(lambda: not self.machine.sleep_waits(), "the machine to be let sleep")
        wait_for_state(self.sandbox, "prod", "waiting")
        asked = len(self.appliance.requests())
        self.machine.wake_up()
        wait_for_state(self.sandbox, "prod", "active", patience=10)
        self.assertEqual(len(self.appliance.requests()), asked + 1)


class LockOfWindows(Case):
    def setUp(self):
        self.set_up(display=True)

    def minimize_all_windows(self):
        """From their first moment, so that none is ever painted."""
        rules = os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "openbox", "rc.xml")
        os.makedirs(os.path.dirname(rules))
        with open(rules, "w", encoding="utf-8") as file:
            file.write('<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>'
                       '<application class="*"><iconic>yes</iconic></application>'
                       '</applications></openbox_config>')
        self.sandbox.run("openbox", "--reconfigure")

    def test_window_that_nobody_has_seen_locks_all_the_same(self):
        self.sign_in()
        self.daemon.end()
        self.minimize_all_windows()
        self.sandbox.start(os.path.join(bin_folder(), "latchkey"))
        wait_until(lambda: ctl(self.sandbox, "token", "prod").returncode == 0, "the session")
        self.machine.lock_screen()
        wait_until(lambda: ctl(self.sandbox, "token", "prod").returncode == 7, "the lock")


class Lock(Case):
    def token(self):
        return ctl(self.sandbox, "token", "prod").returncode

    def test_screen_that_is_locked_keeps_tokens_in_and_sessions_fresh(self):
        self.appliance.switch(accessLife=4)
        self.sign_in()
        self.machine.lock_screen()
        wait_until(lambda: self.token() == 7, "the lock")
        renewed = len(self.appliance.requests())
        wait_until(lambda: len(self.appliance.requests()) > renewed, "a renewal")
        self.assertIn(show(self.sandbox, "prod")["state"], ("active", "refreshing"))
        self.machine.unlock_screen()
        wait_until(lambda: self.token() == 0, "the lock to open")

    def test_asking_logind_to_lock_is_enough_where_the_screen_is_locked(self):
        self.sign_in()
        self.machine.lock_screen_unsaid()
        self.assertEqual(self.token(), 0)
        self.machine.ask_to_lock()
        wait_until(lambda: self.token() == 7, "the lock")

    def test_request_that_nobody_granted_changes_nothing(self):
        self.sign_in()
        self.ask_in_vain(self.machine.ask_to_lock, 0)
        self.machine.lock_screen()
        wait_until(lambda: self.token() == 7, "the lock")
        self.ask_in_vain(self.machine.ask_to_unlock, 7)

    def ask_in_vain(self, ask, code):
        looks = self.machine.looks()
        ask()
        wait_until(lambda: self.token() != code or self.machine.looks() > looks,
                   "somebody to look at the screen")
        self.assertEqual(self.token(), code)

    def test_screen_saver_is_heard_also_one_that_is_active_at_the_start(self):
        saver = ScreenSaver(self.sandbox)
        self.sign_in()
        for is_active, code in ((True, 7), (False, 0), (True, 7)):
            saver.set_active(is_active)
            wait_until(lambda code=code: self.token() == code, "the lock to follow")
        self.daemon.end()
        self.daemon.start()
        self.sign_in()
        wait_until(lambda: self.token() == 7, "the lock")

    def test_screen_saver_that_is_gone_locks_nothing(self):
        saver = ScreenSaver(self.sandbox)
        self.sign_in()
        saver.set_active(True)
        wait_until(lambda: self.token() == 7, "the lock")
        saver.leave()
        wait_until(lambda: self.token() == 0, "the lock to open: nobody can say that it is over")
        ScreenSaver(self.sandbox, "active")
        wait_until(lambda: self.token() == 7, "the next one to be asked")

    def test_forged_signal_of_a_screen_saver_does_nothing(self):
        saver = ScreenSaver(self.sandbox)
        self.sign_in()
        saver.set_active(True)
        wait_until(lambda: self.token() == 7, "the lock")
        self.sandbox.run("dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
                         "org.freedesktop.ScreenSaver.ActiveChanged",
                         "boolean:false").check_returncode()
        saver.flush()
        self.assertEqual(self.token(), 7)

    def test_session_on_the_screen_may_come_later(self):
        self.machine.leave_screen()
        self.sign_in()
        self.machine.come_to_screen()
        self.machine.lock_screen()
        wait_until(lambda: self.token() == 7, "the lock")
        self.machine.leave_screen()
        wait_until(lambda: self.token() == 0, "the lock to open: there is no screen any more")

    def test_screen_locked_before_the_start_is_known(self):
        self.sign_in()
        self.machine.lock_screen()
        self.daemon.end()
        self.daemon.start()
        self.sign_in()
        wait_until(lambda: self.token() == 7, "the lock")

    def test_sleep_locks(self):
        self.sign_in()
        self.machine.sleep()
        wait_until(lambda: self.token() == 7, "the lock")
        self.machine.wake_up()
        self.assertEqual(self.token(), 7)
        wait_until(lambda: self.token() == 0, "the lock to open by itself: no screen is locked")

    def test_switched_off_it_locks_nothing(self):
        self.daemon.end()
        self.daemon = Daemon(self.sandbox, "--memory-only", "--no-lock")
        self.sign_in()
        self.machine.lock_screen()
        self.machine.sleep()
        wait_until(lambda: not self.machine.sleep_waits(), "the machine to be let sleep")
        self.assertEqual(self.token(), 0)


class Network(Case):
    # The kernel treats this address as this machine's own; Latchkey does not.
    ELSEWHERE = "0.0.0.0"

    def test_what_the_system_says_is_no_veto(self):
        """The system says that there is no network, but the appliance can be reached."""
        self.appliance.switch(accessLife=4)
        self.sign_in(self.appliance.url.replace("127.0.0.1", self.ELSEWHERE))
        self.machine.unplug()
        asked = len(self.appliance.requests())
        wait_until(lambda: len(self.appliance.requests()) > asked + 1, "renewals")
        answer = ctl(self.sandbox, "token", "prod")
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_attempts_are_rare_without_one_and_all_goes_on_at_once_with_it(self):
        self.appliance.switch(accessLife=4)
        self.sign_in(self.appliance.url.replace("127.0.0.1", self.ELSEWHERE))
        self.machine.unplug()
        self.appliance.tell("/outage", on=True)
        told = wait_for_state(self.sandbox, "prod", "waiting")
        self.assertEqual(told["reason"]["kind"], "offline")
        began = len(self.causes())
        answer = ctl(self.sandbox, "token", "prod", "--min-valid", "3", "--deadline", "5")
        self.assertEqual(answer.returncode, 6, answer.stderr)
        self.assertIn("demanded", self.causes()[began:], "who asks causes an attempt")
        self.appliance.tell("/outage", on=False)
        self.machine.plug_in()
        wait_for_state(self.sandbox, "prod", "active")
        self.assertIn("network-back", self.causes())

    def test_appliance_on_this_machine_needs_none(self):
        self.appliance.switch(accessLife=4)
        self.sign_in()
        self.machine.unplug()
        asked = len(self.appliance.requests())
        wait_until(lambda: len(self.appliance.requests()) > asked, "a renewal")
        wait_for_state(self.sandbox, "prod", "active")


if __name__ == "__main__":
    unittest.main()
