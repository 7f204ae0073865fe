# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's MIPS kernel and user space, fetched once, in an apt state of their own: the PC's dpkg never hears of MIPS."""
import os
import re
import shutil

from vm.common import EXIT_NO_PACKAGES, die, run, say

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
META_PACKAGE = "linux-image-4kc-malta"


class Packages:
    def __init__(self, folder):
        self.folder = folder
        self.root = os.path.join(folder, "root")
        self.abi = ""
        self.pc = run(["dpkg", "--print-architecture"]).strip()

    def options(self):
        state = self.folder
        settings = {"APT::Architecture": "mipsel", "APT::Architectures": f"mipsel,{self.pc}", "Dir::State": f"{state}/state",
                    "Dir::State::status": f"{state}/state/status", "Dir::Cache": f"{state}/cache",
                    "Dir::Etc::sourcelist": f"{state}/sources.list", "Dir::Etc::sourceparts": f"{state}/none",
                    "Dir::Etc::preferencesparts": f"{state}/none", "APT::Install-Recommends": "false",
                    "Acquire::Languages": "none", "APT::Sandbox::User": "root", "Acquire::Retries": "2",
                    "Acquire::http::Timeout": "30", "Acquire::https::Timeout": "30"}
        return [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]

    @staticmethod
    def mirror():
        """The one that the PC uses."""
        for path in ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"):
            if os.path.exists(path):
                with open(path, encoding="utf-8") as stream:
                    match = re.search(r"^[^#\n]*?(https?://\S+/debian)/?(?=\s|$)", stream.read(), re.M)
                if match:
                    return match[1]
        return "http://deb.debian.org/debian"

    def fetch(self):
        """Fetches and unpacks unless that has been done. Ends the program with EXIT_NO_PACKAGES when it can't be."""
        done = os.path.join(self.folder, "abi")
        if os.path.exists(done):
            with open(done, encoding="utf-8") as stream:
                self.abi = stream.read().strip()
            return
        say(f"fetching Debian's MIPS kernel (60 MB, once) to {self.folder}")
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(os.path.join(self.folder, "debs"), ignore_errors=True)
        for name in ("state/lists/partial", "cache/archives/partial", "none", "debs", "root"):
            os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        self.refresh()
        self.abi = self.newest_abi()
        self.download_kernel()
        self.unpack()
        with open(done, "w", encoding="utf-8") as stream:
            stream.write(self.abi + "\n")

    def refresh(self):
        """The package lists, as they are today."""
        with open(os.path.join(self.folder, "state/status"), "w", encoding="utf-8"):
            pass
        with open(os.path.join(self.folder, "sources.list"), "w", encoding="utf-8") as stream:
            stream.write(f"deb [arch=mipsel,{self.pc} signed-by={KEYRING}] {self.mirror()} bookworm main\n")
        run(["apt-get", *self.options(), "update"], EXIT_NO_PACKAGES)

    def newest_abi(self):
        """Point releases change the number in the package's name."""
        depends = run(["apt-cache", *self.options(), "depends", META_PACKAGE], EXIT_NO_PACKAGES)
        match = re.search(r"Depends: linux-image-(\S+)-4kc-malta", depends)
        if not match:
            die(f"the package list has no {META_PACKAGE}", EXIT_NO_PACKAGES)
        return match[1]

    def download(self, names, folder):
        run(["apt-get", *self.options(), "download", *names], EXIT_NO_PACKAGES, cwd=folder)

    def download_kernel(self):
        names = [f"linux-image-{self.abi}-4kc-malta", f"linux-headers-{self.abi}-4kc-malta",
                 f"linux-headers-{self.abi}-common", "busybox-static",
                 # The kernel build's host programs, for this PC.
                 f"linux-kbuild-6.1:{self.pc}"]
        self.download(names, os.path.join(self.folder, "debs"))

    def unpack(self):
        debs = os.path.join(self.folder, "debs")
        for name in sorted(os.listdir(debs)):
            run(["dpkg", "-x", os.path.join(debs, name), self.root])
        # What the tests need of 180 MB of modules is nothing.
        shutil.rmtree(os.path.join(self.root, "lib/modules"), ignore_errors=True)
        shutil.rmtree(debs)
        makefile = os.path.join(self.headers(), "Makefile")
        with open(makefile, encoding="utf-8") as stream:
            text = stream.read()
        with open(makefile, "w", encoding="utf-8") as stream:
            stream.write(text.replace("include /", f"include {self.root}/"))

    def headers(self):
        return f"{self.root}/usr/src/linux-headers-{self.abi}-4kc-malta"

    def kernel(self):
        names = [name for name in os.listdir(f"{self.root}/boot") if name.startswith("vmlinu") and self.abi in name]
        return f"{self.root}/boot/{sorted(names)[0]}"

    def busybox(self):
        return f"{self.root}/bin/busybox"
