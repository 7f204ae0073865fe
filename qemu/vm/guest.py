# SPDX-License-Identifier: GPL-2.0-or-later
"""The virtual machine: what lies in it, how it is started, what it says."""
import dataclasses
import os
import re
import shutil
import subprocess
import time

from vm.build import pack
from vm.common import CROSS, ROOT, die, run, say

RMEM_MEGABYTES = 64
RMEM_BASE = 0x8000000
MEMORY_MEGABYTES = 256
# Four nanoseconds an instruction; where the guest is idle, the clock goes on at once.
EXACT_TIME = ["-icount", "shift=2,sleep=off"]
GUEST = os.path.join(ROOT, "qemu", "guest")


@dataclasses.dataclass
class Verdict:
    """`tests`: (name, passed, seconds); `status`: None when the guest never gave one."""
    status: int | None = None
    tests: list = dataclasses.field(default_factory=list)
    wall_seconds: float = 0


@dataclasses.dataclass
class Options:
    out: str
    timeout: int
    sensor: str = '{"sensor":"sc2336","scene":{"type":"colorchecker"}}'
    append: str = ""
    # The virtual chip runs this many times slower than the guest: see qemu/device.cpp.
    slow: int = 1
    verbose: bool = False
    # Time in the virtual machine is executed instructions: both its clock and the camera's, however busy the PC is.
    exact_time: bool = False


def make_initramfs(folder, busybox, script, files, texts):
    """`files`: (source, name in the guest); `texts`: {name in the guest: contents}. Returns the archive."""
    root = os.path.join(folder, "initramfs")
    shutil.rmtree(root, ignore_errors=True)
    for name in ("bin", "proc", "sys", "dev", "t", "tmp", "etc/sensor"):
        os.makedirs(os.path.join(root, name))
    shutil.copy(busybox, f"{root}/bin/busybox")
    os.symlink("busybox", f"{root}/bin/sh")
    shutil.copy(f"{GUEST}/init", f"{root}/init")
    for name in ("lib.sh", "self_checks.sh"):
        shutil.copy(f"{GUEST}/{name}", f"{root}/t/{name}")
    for source, name in files:
        os.makedirs(os.path.dirname(root + name), exist_ok=True)
        shutil.copy(source, root + name)
        if name.endswith(".ko"):
            run([f"{CROSS}strip", "--strip-debug", root + name])
        elif "." not in os.path.basename(name):
            run([f"{CROSS}strip", root + name])
    for name, text in {**texts, "/t/run.sh": script}.items():
        with open(root + name, "w", encoding="utf-8") as stream:
            stream.write(text)
    for name in ("init", "t/run.sh"):
        os.chmod(os.path.join(root, name), 0o755)
    archive = os.path.join(folder, "initramfs.gz")
    pack(root, archive)
    return archive


class Listener:
    """Lines of the guest's console. Those that begin with @@ are for us (guest/lib.sh)."""
    CRASH = re.compile(r"Unable to handle kernel|Oops\[|Kernel panic|Kernel bug")
    # A kernel that can neither go on nor restart the machine.
    HALTED = re.compile(r"end Kernel panic|System halted")

    def __init__(self, options):
        self.options = options
        self.verdict = Verdict()
        self.file = None
        self.crashed = False
        self.halted = False

    def line(self, text):
        self.crashed = self.crashed or self.CRASH.search(text) is not None
        self.halted = self.crashed and self.HALTED.search(text) is not None
        if self.file is not None and text != "@@END":
            self.file.write(text + "\n")
        elif text.startswith("@@"):
            self.message(text[2:].split(" ", 1))
        elif self.options.verbose or self.crashed or not re.match(r"\[ *\d+\.\d+\] ", text):
            print(text, flush=True)

    def message(self, words):
        kind, rest = words[0], words[1] if len(words) > 1 else ""
        if kind == "FILE":
            self.file = open(os.path.join(self.options.out, os.path.basename(rest)), "w", encoding="utf-8")
        elif kind == "END" and self.file is not None:
            self.file.close()
            self.file = None
        elif kind == "RC":
            self.verdict.status = int(rest)
        elif kind in ("PASS", "FAIL"):
            end, start, name = rest.split(" ", 2)
            self.verdict.tests.append((name, kind == "PASS", float(end) - float(start)))
            print(f"{'ok    ' if kind == 'PASS' else 'FAILED'} {float(end) - float(start):6.1f} s  {name}", flush=True)


def check_qemu():
    version = run(["qemu-system-mipsel", "--version"]).splitlines()[0]
    if "version 7.2" not in version:
        die(f"the preloaded device is made for QEMU 7.2 (Debian 12), not for {version}")


def start(options, device, machine):
    """`machine`: QEMU's arguments for machine, kernel and initramfs. Returns the verdict."""
    check_qemu()
    os.makedirs(options.out, exist_ok=True)
    environment = dict(os.environ, T31_QEMU_OUT=os.path.abspath(options.out), T31_QEMU_SENSOR=options.sensor,
                       T31_QEMU_SLOW=str(options.slow))
    if options.exact_time:
        environment["T31_QEMU_TIME"] = "real"
        machine = [*machine, *EXACT_TIME]
    command = ["timeout", "-k", "5", str(options.timeout), "env", f"LD_PRELOAD={device}", "qemu-system-mipsel", *machine,
               "-nographic", "-no-reboot", "-net", "none", "-monitor", "none", "-serial", "stdio"]
    begin = time.monotonic()
    listener = Listener(options)
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        for text in process.stdout:
            listener.line(text.rstrip("\r\n"))
            if listener.halted:
                process.terminate()
    if process.returncode != 0:
        listener.verdict.status = None  # a verdict that came before a crash or the time limit is none
    listener.verdict.wall_seconds = time.monotonic() - begin
    if listener.verdict.status is None:
        say(f"the guest gave no verdict: it crashed, or took longer than {options.timeout} s")
    return listener.verdict


def attach(device, machine, environment):
    """An interactive run, on this terminal."""
    check_qemu()
    command = ["env", f"LD_PRELOAD={device}", "qemu-system-mipsel", *machine, "-nographic", "-no-reboot", "-net", "none",
               "-serial", "mon:stdio"]
    return subprocess.run(command, env=dict(os.environ, **environment), check=False).returncode


def malta(kernel, initramfs, append):
    line = (f"console=ttyS0 panic=-1 oops=panic rdinit=/init quiet log_buf_len=1M "
            f"memmap={RMEM_MEGABYTES}M${RMEM_BASE:#x} rmem={RMEM_MEGABYTES}M@{RMEM_BASE:#x} {append}")
    return ["-M", "malta", "-cpu", "24Kf", "-m", str(MEMORY_MEGABYTES), "-vga", "none", "-kernel", kernel,
            "-initrd", initramfs, "-append", line]
