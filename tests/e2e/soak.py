# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Kills latchkeyd for as long as it is told to, and once after a thousand sign-ins, and says what
came of it. Ends with 1 if a session was lost. ./dev soak calls it."""

import argparse
import os
import random
import sys
import time

from desktopsandbox import DesktopSandbox
from killing import Machine, SessionLost, Trouble
from many import Many

SECONDS_BETWEEN_REPORTS = 60
MANY = 1000


class Watch:
    """Ends the run after the given time, and reports the progress from time to time."""

    def __init__(self, minutes):
        self._end = time.monotonic() + 60 * minutes
        self._report = time.monotonic() + SECONDS_BETWEEN_REPORTS

    def is_enough(self, tally):
        now = time.monotonic()
        if now >= self._report:
            self._report = now + SECONDS_BETWEEN_REPORTS
            print(tally.text().splitlines()[-1], flush=True)
        return now >= self._end


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder of the programs")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, help="repeats a run's choices")
    options = parser.parse_args()
    os.environ["LATCHKEY_BIN"] = os.path.abspath(options.bin)
    seed = random.randrange(2**32) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    with DesktopSandbox() as sandbox:
        machine = Machine(sandbox, seed)
        try:
            machine.run(Watch(options.minutes).is_enough)
        except (SessionLost, Trouble) as what:
            print(what)
            return 1
        finally:
            print(machine.tally.text(), flush=True)
    with DesktopSandbox() as sandbox:
        return kill_after_many(sandbox)


def kill_after_many(sandbox):
    many = Many(sandbox, MANY, "--set", "claims=opaque")
    ended_well = many.sign_in_all()
    took = many.come_back()
    back = many.back()
    print(f"{MANY} sign-ins, {ended_well} ended well, kill -9 at the last: {back} back in "
          f"{took:.1f} s", flush=True)
    return 0 if back == ended_well == MANY else 1


if __name__ == "__main__":
    sys.exit(main())
