# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel that checks itself (debug.config), built from Debian's source package once and kept."""
import hashlib
import os
import shutil
import subprocess

from vm.common import CROSS, EXIT_NO_PACKAGES, EXIT_USAGE, die, run, say

SOURCE = "linux-source-6.1"
# The kernel's configuration and build want these; they run from where they are unpacked.
TOOLS = ("flex", "bison", "m4")
CONFIG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "debug.config")
# Large, and nobody's business here; Kconfig files of every folder are read, though.
NOT_UNPACKED = ["--exclude=*/Documentation/[a-zA-JL-Z]*", "--exclude=*/drivers/gpu/drm/amd/include"]
# What stays for building modules.
KEPT = ("Makefile", "Kbuild", "Kconfig", ".config", "Module.symvers", "System.map", "vmlinux", "arch", "include", "scripts",
        "tools", "kernel")


class TreeKernel:
    """A malta kernel that the user has built: its tree."""

    def __init__(self, tree):
        self.tree = os.path.abspath(tree)
        for name, what in (("vmlinux", "no kernel was built there"), ("Module.symvers", "modules need it")):
            if not os.path.exists(os.path.join(self.tree, name)):
                die(f"{self.tree} has no {name}: {what}", EXIT_USAGE)

    def headers(self):
        return self.tree

    def kernel(self):
        return os.path.join(self.tree, "vmlinux")


class DebugKernel:
    """Offers what Packages offers of its kernel: headers() and kernel()."""

    def __init__(self, cache, packages):
        self.packages = packages
        with open(CONFIG, "rb") as stream:
            key = hashlib.sha256(stream.read()).hexdigest()[:12]
        self.folder = os.path.join(cache, f"debug-{key}")
        self.tree = os.path.join(self.folder, "linux")

    def headers(self):
        return self.tree

    def kernel(self):
        return os.path.join(self.tree, "vmlinux")

    def busybox(self):
        return self.packages.busybox()

    def build(self):
        """Ends the program with EXIT_NO_PACKAGES when the source can't be had."""
        if os.path.exists(os.path.join(self.folder, "done")):
            return
        say(f"building a debug kernel from {SOURCE} in {self.folder} (once; 4 to 20 minutes)")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.unpack()
        environment = self.environment()
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            for target in (["allnoconfig"], [f"-j{os.cpu_count()}", "vmlinux", "modules"]):
                command = ["nice", "-n", "10", "make", "-C", self.tree, "ARCH=mips", f"CROSS_COMPILE={CROSS}", *target]
                if subprocess.run(command, stdout=log, stderr=log, env=environment, check=False).returncode != 0:
                    die(f"the debug kernel can't be built: {log.name}")
        self.check_config()
        self.prune()
        with open(os.path.join(self.folder, "done"), "w", encoding="utf-8"):
            pass

    def unpack(self):
        debs = os.path.join(self.folder, "debs")
        root = os.path.join(self.folder, "tools")
        os.makedirs(debs)
        self.packages.refresh()
        self.packages.download([SOURCE, *(f"{name}:{self.packages.pc}" for name in TOOLS)], debs)
        for name in os.listdir(debs):
            run(["dpkg", "-x", os.path.join(debs, name), root], EXIT_NO_PACKAGES)
        shutil.rmtree(debs)
        os.makedirs(self.tree)
        archive = os.path.join(root, "usr/src", f"{SOURCE}.tar.xz")
        run(["tar", "-xf", archive, "-C", self.tree, "--strip-components=1", *NOT_UNPACKED])
        os.remove(archive)

    def environment(self):
        root = os.path.join(self.folder, "tools")
        return dict(os.environ, PATH=f"{root}/usr/bin:{os.environ['PATH']}", M4=f"{root}/usr/bin/m4",
                    BISON_PKGDATADIR=f"{root}/usr/share/bison", KCONFIG_ALLCONFIG=CONFIG)

    def check_config(self):
        """An option that the kernel doesn't know, or that lacks another one, vanishes without a word."""
        with open(os.path.join(self.tree, ".config"), encoding="utf-8") as stream:
            have = set(stream.read().splitlines())
        with open(CONFIG, encoding="utf-8") as stream:
            wanted = [line.strip() for line in stream if line.startswith("CONFIG_")]
        missing = [line for line in wanted if line not in have]
        if missing:
            die(f"the debug kernel lacks {', '.join(missing)}")

    def prune(self):
        for name in os.listdir(self.tree):
            path = os.path.join(self.tree, name)
            if name not in KEPT:
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        for folder, _, names in os.walk(self.tree):
            for name in names:
                if name.endswith((".o", ".a", ".c")) and f"{self.tree}/scripts" not in folder:
                    os.remove(os.path.join(folder, name))
