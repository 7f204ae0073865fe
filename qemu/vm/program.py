# SPDX-License-Identifier: GPL-2.0-or-later
"""A MIPS program of the user's in the guest: with the libraries that it wants, on the real module."""
import os
import re
import shlex

from vm.common import CROSS, EXIT_USAGE, die, run

SYSROOT = "/usr/mipsel-linux-gnu"
# glibc loads it when a thread is cancelled: nobody says so in advance.
UNDECLARED = {"libc.so.6": ["libgcc_s.so.1"], "libpthread.so.0": ["libgcc_s.so.1"]}
SCRIPT = """. ./lib.sh
load_board
insmod t31-encoder.ko && load {parameters} || exit 1
mkdir -p /tmp/out
cd /tmp/out
{words}
status=$?
cd /t
for file in /tmp/out/*; do
  [ ! -f "$file" ] || ./to_host "$file" || status=1
done
unload || status=1
exit $status
"""


def read_elf(path, option):
    return run([f"{CROSS}readelf", "-W", option, path], EXIT_USAGE)


def check_mips(path):
    if not os.path.isfile(path):
        die(f"{path}: no such file", EXIT_USAGE)
    with open(path, "rb") as stream:
        head = stream.read(20)
    if head[:4] != b"\x7fELF" or head[4:6] != b"\x01\x01" or head[18:20] != b"\x08\x00":
        die(f"{path}: not a program for 32-bit little-endian MIPS", EXIT_USAGE)


class Libraries:
    """Where shared libraries are looked for: the user's folders, then those of the C library."""

    def __init__(self, folders, sysroot=SYSROOT):
        for folder in [*folders, sysroot]:
            if not os.path.isdir(folder):
                die(f"{folder}: no such folder", EXIT_USAGE)
        self.folders = [*folders, *[os.path.join(sysroot, name) for name in ("lib", "usr/lib")]]

    def find(self, name):
        paths = [os.path.join(folder, name) for folder in self.folders]
        return next((path for path in paths if os.path.exists(path)), None)

    def wanted_by(self, program):
        """(source, name in the guest) of the program's loader and of everything it is linked with."""
        files = {}
        loader = re.search(r"Requesting program interpreter: (\S+)\]", read_elf(program, "-l"))
        if loader:
            files[loader[1]] = self.find_or_die(os.path.basename(loader[1]), program)
        self.add(program, files)
        return [(source, name) for name, source in files.items()]

    def add(self, path, files):
        names = re.findall(r"\(NEEDED\).*\[(\S+)\]", read_elf(path, "-d"))
        for name in names:
            place = f"/lib/{name}"
            if place not in files:
                files[place] = self.find_or_die(name, path)
                self.add(files[place], files)
            for other in UNDECLARED.get(name, []):
                if f"/lib/{other}" not in files and self.find(other):
                    files[f"/lib/{other}"] = self.find(other)

    def find_or_die(self, name, wanted_by):
        path = self.find(name)
        if path is None:
            die(f"{wanted_by} wants {name}, which lies in none of {', '.join(self.folders)}: say with --library where it is",
                EXIT_USAGE)
        return path


def prepare(words, folders, sysroot, parameters=""):
    """(script, files) that run a program of the PC's in the guest."""
    program, *arguments = words
    check_mips(program)
    name = f"/t/{os.path.basename(program)}"
    script = SCRIPT.format(parameters=parameters, words=shlex.join([name, *arguments]))
    return script, [(program, name), *Libraries(folders, sysroot).wanted_by(program)]
