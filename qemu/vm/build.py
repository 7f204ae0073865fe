# SPDX-License-Identifier: GPL-2.0-or-later
"""Modules, guest programs and the QEMU library."""
import os
import re
import shutil
import subprocess

from vm.common import CROSS, ROOT, die, run, say

# In the module's folder. Kernel builds write beside their sources: they get copies, or links to what they only read.
COPIED = ("linux", "sensors", "qemu")
LINKED = ("driver", "bridge", "include", "scripts")
# Of the vendor's driver (text + data + bss), of which ours may have 60 %.
VENDOR_BYTES = 829017
LARGEST_SHARE = 0.6
SENSOR_CHECK = "t31_sensor_check"
TEST_PROGRAMS = ["t31_device_tests", "t31_fuzz_calls", "t31_bench", SENSOR_CHECK]


class Build:
    """`headers`: the prepared kernel tree; one folder for every kernel."""

    def __init__(self, folder, headers, preset):
        self.tree = folder
        self.headers = headers
        self.preset = preset

    def link_tree(self):
        os.makedirs(self.tree, exist_ok=True)
        for name in LINKED:
            path = os.path.join(self.tree, name)
            if not os.path.islink(path):
                os.symlink(os.path.join(ROOT, name), path)
        for name in COPIED:
            run(["cp", "-ruT", "--preserve=timestamps", os.path.join(ROOT, name), os.path.join(self.tree, name)])

    def make(self, folder, *extra):
        compiler = ["CXX=ccache " + CROSS + "g++"] if shutil.which("ccache") else []
        return run(["make", "-C", self.headers, "ARCH=mips", f"CROSS_COMPILE={CROSS}", f"-j{os.cpu_count()}",
                    f"M={self.tree}/{folder}", *compiler, *extra, "modules"])

    def modules(self, board=True):
        say(f"building the modules for {os.path.basename(self.headers)}")
        self.link_tree()
        log = self.make("linux")
        if board:
            log += self.make("qemu/board")
        symbols = f"KBUILD_EXTRA_SYMBOLS={self.tree}/linux/Module.symvers"
        log += self.make("sensors", symbols)
        log += self.make("qemu/guest/registry", symbols)
        log += self.make("qemu/guest/encoder")
        # A tree that was only prepared has no list of exported symbols: the kernel's build says so, and checks nothing.
        warnings = [line for line in log.splitlines() if re.search(r"warning:|WARNING", line)
                    and "Symbol version dump" not in line]
        if warnings:
            die("the modules do not build without warnings:\n" + "\n".join(warnings))
        self.check_symbols()
        self.check_size()

    def exported(self):
        """Symbols that the kernel offers to modules."""
        versions = os.path.join(self.headers, "Module.symvers")
        if os.path.exists(versions):
            with open(versions, encoding="utf-8") as stream:
                return {line.split("\t")[1] for line in stream}
        folders = [name for name in ("arch/mips", "block", "drivers", "fs", "init", "ipc", "kernel", "lib", "mm", "net")
                   if os.path.isdir(os.path.join(self.headers, name))]
        lines = run(["grep", "-rhoE", "--include=*.[cS]", r"EXPORT_SYMBOL(_GPL)?\(\s*\w+", *folders], cwd=self.headers)
        # Those of kernel/params.c have pasted names.
        pasted = {f"param_ops_{kind}" for kind in ("byte", "short", "ushort", "int", "uint", "long", "ulong")}
        return {line.split("(")[1].strip() for line in lines.splitlines()} | pasted

    def check_symbols(self):
        module = f"{self.tree}/linux/tx-isp-t31.ko"
        wanted = {line.split()[-1] for line in run([f"{CROSS}nm", "-u", module]).splitlines()}
        missing = sorted(wanted - self.exported())
        if missing:
            die(f"symbols that this kernel does not export: {', '.join(missing)}")
        say(f"tx-isp-t31.ko: {len(wanted)} symbols of the kernel, all exported by it")

    def check_size(self):
        report = run([f"{CROSS}size", f"{self.tree}/linux/tx-isp-t31.ko"]).splitlines()[1].split()
        total = int(report[3])
        say(f"tx-isp-t31.ko: text {report[0]}, data {report[1]}, bss {report[2]}: {total} bytes, "
            f"{100 * total / VENDOR_BYTES:.1f} % of the vendor's")
        if total > LARGEST_SHARE * VENDOR_BYTES:
            die(f"the module is larger than {LARGEST_SHARE:.0%} of the vendor's {VENDOR_BYTES} bytes")

    def cmake(self, preset, *targets):
        run(["cmake", "--preset", preset], cwd=ROOT)
        run(["cmake", "--build", "--preset", preset, "--parallel", str(os.cpu_count()), "--target", *targets], cwd=ROOT)

    def bench_programs(self):
        say("building the client and the counting QEMU libraries")
        self.cmake("mips", "t31_bench")
        self.cmake(self.preset, "t31-qemu", "t31-count")

    @staticmethod
    def bench_files():
        return [f"{ROOT}/build/mips/host/device/t31_bench"]

    @staticmethod
    def sensor_check():
        return [f"{ROOT}/build/mips/host/device/{SENSOR_CHECK}"]

    def counter(self):
        return f"{ROOT}/build/{self.preset}/qemu/libt31-count.so"

    def programs(self, tests):
        """For the guest, statically linked; and the device for QEMU with the PC's camera to compare with."""
        say("building guest programs and the QEMU library")
        self.cmake("mips", "t31cam", "to_host", *(TEST_PROGRAMS if tests else []))
        self.cmake(self.preset, "t31-qemu", "t31cam")

    def library(self):
        """Only the QEMU library."""
        self.cmake(self.preset, "t31-qemu")

    def module_files(self):
        folders = [f"{self.tree}/{name}" for name in ("sensors", "qemu/guest/registry", "qemu/guest/encoder")]
        found = [f"{self.tree}/linux/tx-isp-t31.ko"]
        board = f"{self.tree}/qemu/board/t31-board.ko"
        found += [board] if os.path.exists(board) else []
        return found + [f"{folder}/{name}" for folder in folders for name in sorted(os.listdir(folder))
                        if name.endswith(".ko")]

    @staticmethod
    def program_files(tests):
        names = ["t31cam", "to_host"] + (TEST_PROGRAMS if tests else [])
        return [f"{ROOT}/build/mips/host/device/{name}" for name in names]

    def camera(self):
        """t31cam of the PC."""
        return f"{ROOT}/build/{self.preset}/tools/t31cam/t31cam"

    def device(self):
        return f"{ROOT}/build/{self.preset}/qemu/libt31-qemu.so"


def pack(folder, archive):
    """An initramfs."""
    subprocess.run("find . | sort | cpio -o -H newc -R 0:0 2>/dev/null | gzip -1 > \"$ARCHIVE\"", shell=True, cwd=folder,
                   check=True, env=dict(os.environ, ARCHIVE=archive))
