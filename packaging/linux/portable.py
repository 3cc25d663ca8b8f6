#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Makes latchkey-VERSION-linux-ARCH.tar.xz: the programs with their Qt, which run from any folder."""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from elf import needed_files, package_of  # pylint: disable=wrong-import-position

#: Relative to Qt's folder of plugins. The Wayland ones are in another Debian package than the rest.
PLUGINS = (
    "platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqwayland-generic.so",
    "wayland-shell-integration/libxdg-shell.so", "wayland-decoration-client/libbradient.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "tls/libqopensslbackend.so", "imageformats/libqsvg.so", "iconengines/libqsvgicon.so",
)

#: What stays the system's, with all that these libraries themselves need: an older copy of ours
#: would be taken by the system's other libraries, too.
SYSTEM = (
    # The C and C++ libraries are newer there or the same.
    "libc", "libm", "libdl", "libpthread", "librt", "libresolv", "libgcc_s", "libstdc++",
    # OpenSSL knows where the system keeps its certificates, and gets the system's mends.
    "libssl", "libcrypto",
    # Drivers of the graphics card come with these.
    "libEGL", "libGL", "libGLX", "libOpenGL", "libGLdispatch", "libX11", "libX11-xcb", "libXau",
    "libXdmcp", "libbsd", "libmd", "libxcb", "libxcb-randr", "libxcb-shm", "libxcb-sync",
    "libxcb-xfixes", "libwayland-client", "libffi", "libz", "libzstd", "libexpat",
    # Fonts, as the desktop has set them up.
    "libfontconfig", "libfreetype", "libharfbuzz", "libgraphite2", "libpng16", "libbrotlidec",
    "libbrotlicommon", "libbz2", "libuuid",
    # The keychain's library, which is loaded at run time, is made for the system's GLib.
    "libglib-2.0", "libgio-2.0", "libgobject-2.0", "libgmodule-2.0", "libgthread-2.0",
    "libpcre2-8", "libmount", "libblkid", "libselinux",
    # The message bus and Kerberos belong to services and settings of the system.
    "libdbus-1", "libsystemd", "libcap", "libgcrypt", "libgpg-error", "liblz4", "liblzma",
    "libgssapi_krb5", "libkrb5", "libk5crypto", "libkrb5support", "libcom_err", "libkeyutils",
)

QT_CONF = """[Paths]
Prefix = ..
Plugins = plugins
Translations = translations
"""


def is_system(soname):
    return re.match(r"(ld-linux.*|linux-vdso.*|.*?)\.so", soname).group(1) in SYSTEM \
        or soname.startswith(("ld-linux", "linux-vdso"))


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def asked_of_qt(name):
    return run("/usr/lib/qt6/bin/qtpaths6", "--query", name, capture_output=True).stdout.strip()


class Folder:
    """The unpacked archive. Everything in it is there before `seal()`."""

    def __init__(self, path):
        self.path = path
        #: Where each library, plugin and translation comes from.
        self.origins = set()
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name), "w", encoding="utf-8") as file:
            file.write(text)

    def take(self, origin, name, rpath):
        """Copies a library or a plugin, which then finds its own libraries by that path."""
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        shutil.copyfile(os.path.realpath(origin), self.at(name))
        run("patchelf", "--set-rpath", rpath, self.at(name))
        self.origins.add(os.path.realpath(origin))


def install_programs(folder, build):
    run("cmake", "--install", build, "--prefix", folder.path, "--strip", stdout=subprocess.DEVNULL)
    shutil.rmtree(folder.at("lib"))  # systemd's unit names the folder of an installed package
    shutil.rmtree(folder.at("share", "licenses"))  # all licences are in one folder here
    programs = [folder.at("bin", name) for name in ("latchkey", "latchkeyd")]
    for program in programs:
        run("patchelf", "--set-rpath", "$ORIGIN/../lib", program)
    return programs


def take_qt(folder, programs):
    plugins = asked_of_qt("QT_INSTALL_PLUGINS")
    sources = [os.path.join(plugins, name) for name in PLUGINS]
    for name, source in zip(PLUGINS, sources):
        folder.take(source, os.path.join("plugins", name), "$ORIGIN/../../lib")
    for soname, path in sorted(needed_files(programs + sources).items()):
        if not is_system(soname):
            folder.take(path, os.path.join("lib", soname), "$ORIGIN")
    folder.write("bin/qt.conf", QT_CONF)


def take_translations(folder, sources):
    """Qt's own words, in the languages that Latchkey has."""
    words = asked_of_qt("QT_INSTALL_TRANSLATIONS")
    os.makedirs(folder.at("translations"))
    for name in os.listdir(os.path.join(sources, "translations")):
        language = re.fullmatch(r"latchkey_(\w+)\.ts", name)
        if language:
            file = f"qtbase_{language.group(1)}.qm"
            if os.path.exists(os.path.join(words, file)):
                shutil.copyfile(os.path.join(words, file), folder.at("translations", file))
                folder.origins.add(os.path.join(words, file))


def take_licences(folder, sources):
    """Ours, and those of all that is in here, as Debian collected them."""
    os.makedirs(folder.at("licenses"))
    shutil.copyfile(os.path.join(sources, "LICENSE"), folder.at("licenses", "latchkey-LICENSE"))
    packages = {package_of(origin) for origin in folder.origins}
    for package in packages:
        shutil.copyfile(f"/usr/share/doc/{package.name}/copyright",
                        folder.at("licenses", package.name + "-copyright"))
    lines = [f"{package.name} {package.version}, source {package.source} {package.source_version}"
             for package in sorted(packages)]
    with open(os.path.join(HERE, "portable-readme.txt"), encoding="utf-8") as file:
        text = file.read().replace("@LIBRARIES@", "\n".join(lines))
    for mark, prefix in (("@GLIBC@", "GLIBC_"), ("@GLIBCXX@", "GLIBCXX_")):
        text = text.replace(mark, newest(folder, prefix))
    folder.write("README.txt", text)


def newest(folder, prefix):
    """The newest version of the C or C++ library that anything in here asks for."""
    files = [os.path.join(path, name) for path, _, names in os.walk(folder.path) for name in names
             if ".so" in name or os.path.basename(path) in ("bin", "latchkey")]
    told = subprocess.run(["objdump", "--private-headers", *files], check=False,
                          capture_output=True, text=True).stdout
    found = re.findall(rf"\b{prefix}([0-9.]+)$", told, re.M)
    return max(found, key=lambda version: [int(part) for part in version.split(".")])


def seal(folder, archive):
    """In one order, with one time and one owner: the same content gives the same bytes. As xz
    packs otherwise with one thread than with several, it gets two everywhere."""
    run("tar", "--create", "--sort=name", "--format=gnu", "--owner=0", "--group=0",
        "--numeric-owner", "--mode=u+rw,go+r,go-w,a+X", f"--mtime=@{os.environ['SOURCE_DATE_EPOCH']}",
        "--use-compress-program=xz -6 --threads=2", "--file", archive,
        "--directory", os.path.dirname(folder.path), os.path.basename(folder.path))


def version_of(build):
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        return re.search(r"^CMAKE_PROJECT_VERSION:\w+=(.*)$", cache.read(), re.M).group(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="what cmake has built, with prefix /usr")
    parser.add_argument("--out", required=True, help="the folder for the archive")
    options = parser.parse_args()
    sources = os.path.dirname(os.path.dirname(HERE))
    name = f"latchkey-{version_of(options.build)}-linux-{platform.machine()}"
    folder = Folder(os.path.abspath(os.path.join(options.build, "portable", name)))
    take_qt(folder, install_programs(folder, options.build))
    take_translations(folder, sources)
    take_licences(folder, sources)
    seal(folder, os.path.join(options.out, name + ".tar.xz"))


if __name__ == "__main__":
    main()
