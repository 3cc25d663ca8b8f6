# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Fresh systems to install packages on, in folders. Needs root and a mount namespace of its own,
which takes all mounts along when it ends."""

import os
import shutil
import subprocess
import tempfile

CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"),
                     "latchkey", "chroots")
PROGRAMS = ("latchkey", "latchkeyd", "latchkeyctl")
#: What a program in there shares with the tests: processes, devices, and the folders of a sandbox.
SHARED = ("/proc", "/dev", "/tmp")


def run(*command, **options):
    done = subprocess.run(command, check=False, text=True, capture_output=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def mirror():
    """Where this system's own packages come from."""
    told = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
               "Origin: Debian", "Component: main")
    for address in told.splitlines():
        if not address.rstrip("/").endswith("-security"):
            return address
    raise RuntimeError("apt has no mirror of Debian")


class Chroot:
    """A new Debian of that release with nothing but what every system has. What apt downloads
    stays for the next."""

    def __init__(self, suite):
        self.suite = suite
        os.makedirs(CACHE, exist_ok=True)
        base = self._base()
        self.root = tempfile.mkdtemp(prefix=f"latchkey-{suite}-", dir=CACHE)
        run("cp", "--archive", "--reflink=auto", base + "/.", self.root)
        for folder in SHARED:
            run("mount", "--rbind", folder, self.root + folder)
        self._share_downloads()
        self.run("apt-get", "-q", "update")

    def remove(self):
        run("umount", "--recursive", "--lazy", *(self.root + folder for folder in SHARED),
            self.root + "/var/cache/apt/archives")
        os.rmdir(self.root + "/tmp")  # fails where it is still the one out here, which rm would empty
        run("rm", "--recursive", "--force", "--one-file-system", self.root)

    def run(self, *command):
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
               "DEBIAN_FRONTEND": "noninteractive", **proxies()}
        return run("chroot", self.root, *command, env=env)

    def apt(self, *arguments):
        return self.run("apt-get", "-q", "-y", "--no-install-recommends", *arguments)

    def put(self, path):
        """Copies a file into its folder /mnt, and returns the path in there."""
        shutil.copy(path, self.root + "/mnt")
        return "/mnt/" + os.path.basename(path)

    def has(self, path):
        return os.path.lexists(self.root + path)

    def programs(self, folder, bin_folder="/usr/bin"):
        """Makes a folder of commands that start its programs, beside our own demo appliance."""
        os.makedirs(folder)
        for name in PROGRAMS:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(f'#!/bin/sh\nexec chroot {self.root} {bin_folder}/{name} "$@"\n')
            os.chmod(path, 0o755)
        appliance = "latchkey-demo-appliance"
        os.symlink(os.path.join(os.environ["LATCHKEY_BIN"], appliance),
                   os.path.join(folder, appliance))
        return folder

    def _base(self):
        """The release as debootstrap leaves it, which takes minutes the first time."""
        base = os.path.join(CACHE, self.suite)
        if os.path.exists(base):
            return base
        part = base + ".part"
        shutil.rmtree(part, ignore_errors=True)
        run("debootstrap", "--variant=minbase", self.suite, part, mirror())
        with open(part + "/usr/sbin/policy-rc.d", "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexit 101\n")  # no services in here
        os.chmod(part + "/usr/sbin/policy-rc.d", 0o755)
        with open(part + "/etc/dpkg/dpkg.cfg.d/quick", "w", encoding="utf-8") as file:
            file.write("force-unsafe-io\n")
        os.rename(part, base)
        return base

    def _share_downloads(self):
        downloads = os.path.join(CACHE, "downloads", self.suite)
        os.makedirs(downloads + "/partial", exist_ok=True)
        run("mount", "--bind", downloads, self.root + "/var/cache/apt/archives")
        with open(self.root + "/etc/apt/apt.conf.d/keep", "w", encoding="utf-8") as file:
            file.write('APT::Keep-Downloaded-Packages "true";\nAPT::Sandbox::User "root";\n')


def proxies():
    return {key: value for key, value in os.environ.items() if key.lower().endswith("_proxy")}
