# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Runs each of libFuzzer's programs for some minutes, as many side by side as there are cores,
and prints a line for each. What is found stays in the folder of the build."""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1",
               "UBSAN_OPTIONS": "print_stacktrace=1"}
MEMORY = 2048  # MiB for each program
PATIENCE = 10  # seconds for each input


class Target:
    def __init__(self, name, build):
        self.name = name
        self.program = os.path.join(build, "bin", "fuzz_" + name)
        self.found = os.path.join(build, "corpus", name)  # inputs that reached new code
        self.crashes = os.path.join(build, "crashes", "")
        self.seeds = os.path.join(HERE, "corpus", name)
        for folder in (self.found, self.crashes):
            os.makedirs(folder, exist_ok=True)

    def run(self, seconds, scratch):
        """Returns the exit code and the output."""
        command = [self.program, f"-max_total_time={seconds}", f"-timeout={PATIENCE}",
                   f"-rss_limit_mb={MEMORY}", "-dict=" + os.path.join(HERE, "json.dict"),
                   f"-artifact_prefix={self.crashes}{self.name}-", self.found, self.seeds]
        try:
            # -timeout ends a slow input; this one ends a program that does not even start.
            done = subprocess.run(command, env={**os.environ, **ENVIRONMENT, "TMPDIR": scratch},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=seconds + 300, check=False)
        except subprocess.TimeoutExpired as late:
            return -1, (late.stdout or b"").decode(errors="replace") + "\nIt did not end."
        return done.returncode, done.stdout.decode(errors="replace")


def summary(name, told):
    done = re.search(r"Done (\d+) runs", told)
    last = (re.findall(r"^#(\d+)\s.*?cov: (\d+) .*?exec/s: (\d+)", told, re.M) or [("0",) * 3])[-1]
    runs = done[1] if done else last[0]
    return f"{name:10} {int(runs):>10,} runs  coverage {last[1]:>5}  {last[2]:>6} exec/s"


def tell_failure(target, status, told):
    kept = re.search(r"Test unit written to (\S+)", told)
    print(f"\n---- {target.name} failed with exit code {status}. The end of what it told:")
    print("\n".join([line for line in told.splitlines() if line[:1] != "#"][-60:]))  # no progress
    if kept:
        print(f"The input is in   {os.path.relpath(kept[1])}\n"
              f"To repeat it:     {os.path.relpath(target.program)} {os.path.relpath(kept[1])}\n"
              f"To make it small: {os.path.relpath(target.program)} -minimize_crash=1 "
              f"-max_total_time=60 {os.path.relpath(kept[1])}")


def run_all(targets, seconds):
    """Returns how many of them failed."""
    failures = 0
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # for the targets' small files
    scratch = tempfile.mkdtemp(prefix="latchkey-fuzz-", dir=shared)
    try:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            running = {pool.submit(target.run, seconds, scratch): target for target in targets}
            for ended in concurrent.futures.as_completed(running):
                status, told = ended.result()
                print(summary(running[ended].name, told) + ("" if status == 0 else "  FAILED"),
                      flush=True)
                if status != 0:
                    failures += 1
                    tell_failure(running[ended], status, told)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the folder of the build")
    parser.add_argument("--minutes", type=int, required=True, help="for each target")
    parser.add_argument("targets", nargs="*", help="all when there is none")
    options = parser.parse_args()
    known = sorted(os.listdir(os.path.join(HERE, "corpus")))
    if strangers := set(options.targets) - set(known):
        parser.error(f"no target is called {', '.join(strangers)}; there are: {', '.join(known)}")
    names = options.targets or known
    targets = [Target(name, os.path.abspath(options.build)) for name in names]
    failures = run_all(targets, options.minutes * 60)
    print(f"\n{len(targets) - failures} of {len(targets)} targets found nothing; "
          f"new inputs are in {os.path.join(options.build, 'corpus')}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
