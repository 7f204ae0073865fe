# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests of -M t31 that need no kernel: its devices, by a program of our own that takes the kernel's place (guest/devices),
and what t31vm says to files that are no use."""
import gzip
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

from vm import guest, images
from vm.common import CROSS, EXIT_USAGE, ROOT, run as run_command

SOURCES = os.path.join(guest.GUEST, "devices")
LOAD = 0x80010000
FLAGS = ["-mabi=32", "-EL", "-march=mips32r2", "-msoft-float", "-G0", "-mno-abicalls", "-fno-pic", "-O1", "-ffreestanding",
         "-nostdlib", "-static", "-Wall", "-Wextra", "-Werror", "-Wa,-mno-fix-loongson3-llsc", f"-I{ROOT}",
         f"-Wl,-Ttext={LOAD:#x},-e,_start,--build-id=none"]
FLASH_BYTES = 4 << 20
SECONDS = 60


def build(folder):
    """The program as a uImage, so that unpacking one is tested too."""
    program, flat = os.path.join(folder, "devices.elf"), os.path.join(folder, "devices.bin")
    # main.c begins with the entry, and the linker keeps their order.
    names = ["main.c", *sorted(name for name in os.listdir(SOURCES) if name.endswith(".c") and name != "main.c")]
    run_command([f"{CROSS}gcc", *FLAGS, "-o", program, *[os.path.join(SOURCES, name) for name in names]])
    sections = [word for name in (".text", ".rodata", ".data") for word in ("-j", name)]
    run_command([f"{CROSS}objcopy", "-O", "binary", *sections, program, flat])
    entry = run_command([f"{CROSS}nm", program])
    entry = next(int(line.split()[0], 16) & 0xffffffff for line in entry.splitlines() if line.endswith(" _start"))
    with open(flat, "rb") as stream:
        return program, make_uimage(stream.read(), entry)


def make_uimage(code, entry, compression=1):
    body = gzip.compress(code) if compression == 1 else code

    def header(check):
        return images.UIMAGE_HEADER.pack(images.UIMAGE_MAGIC, check, 0, len(body), LOAD, entry, zlib.crc32(body), 5,
                                         images.UIMAGE_MIPS, images.UIMAGE_KERNEL, compression, b"devices")
    return header(zlib.crc32(header(0))) + body


def write(path, data):
    with open(path, "wb") as stream:
        stream.write(data)
    return path


def flash_contents():
    page = bytes(range(256))
    return b"".join(bytes(n ^ (p & 0xff) for n in page) for p in range(FLASH_BYTES // 256))


def start(arguments, device, kernel, flash, tests, end):
    """Returns results: the program's own, and that the machine ended as told."""
    options = guest.Options(out=arguments.out, timeout=SECONDS, verbose=arguments.verbose)
    os.environ["T31_QEMU_FLASH"] = flash
    try:
        verdict = guest.start(options, device, ["-M", "t31", "-m", "64", "-kernel", kernel, "-append", f"devices={tests} end={end}"])
    finally:
        del os.environ["T31_QEMU_FLASH"]
    return [(f"T31 devices: {name}", passed, seconds) for name, passed, seconds in verdict.tests] + \
        [(f"T31 devices: the machine ends by its {end}", verdict.status == 0, verdict.wall_seconds)]


def refused(name, words, sentence):
    """`t31vm boot` with files that are no use."""
    result = subprocess.run([sys.executable, os.path.join(ROOT, "qemu", "t31vm"), "--machine", "t31", *words],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    passed = result.returncode == EXIT_USAGE and sentence in result.stdout
    print(f"{'ok    ' if passed else 'FAILED'}           {name}", flush=True)
    if not passed:
        print(result.stdout)
    return (f"T31 files: {name}", passed, 0)


def file_tests(folder, program, uimage):
    damaged = bytearray(uimage)
    damaged[len(damaged) // 2] ^= 1
    no_kernel = write(f"{folder}/text", b"just text\n" * 100)
    good = write(f"{folder}/uImage", uimage)
    archive = write(f"{folder}/rd.cpio", b"070701" + b"0" * 200)
    firmware = write(f"{folder}/firmware", b"\xff" * 0x8000 + uimage)
    squashfs = images.SQUASHFS_MAGIC + bytes(36) + struct.pack("<Q", 0x20000) + bytes(0x8000)
    cut_off = write(f"{folder}/cut", b"\xff" * 0x8000 + uimage + squashfs)
    other = write(f"{folder}/other", make_uimage(b"Linux version 3.10.14__isvp_turkey_1.0__ (somebody)", LOAD))
    module = bytearray(open(program, "rb").read())
    struct.pack_into("<H", module, 16, 1)
    return [
        refused("no kernel", ["--initrd", archive], "a kernel is wanted"),
        refused("a kernel that is not there", ["--kernel", f"{folder}/none", "--initrd", archive], "No such file"),
        refused("text as a kernel", ["--kernel", no_kernel, "--initrd", archive], "neither a uImage nor an ELF kernel"),
        refused("a root file system as a kernel", ["--kernel", archive, "--initrd", archive], "--initrd takes that"),
        refused("a PC's program as a kernel", ["--kernel", sys.executable, "--initrd", archive], "not for 32-bit little-endian"),
        refused("a module as a kernel", ["--kernel", write(f"{folder}/ko", module), "--initrd", archive], "not a program"),
        refused("a damaged uImage", ["--kernel", write(f"{folder}/bad", damaged), "--initrd", archive], "damaged or cut off"),
        refused("no root file system", ["--kernel", good], "a root file system is wanted"),
        refused("text as a root file system", ["--kernel", good, "--initrd", no_kernel], "neither a cpio archive"),
        refused("text as firmware", ["--firmware", no_kernel], "no uImage of a kernel in it"),
        refused("firmware without a root", ["--firmware", firmware], "no squashfs behind the kernel"),
        refused("firmware that ends in its root", ["--firmware", cut_off], "cut off: the root file system"),
        refused("firmware that ends in its kernel", ["--firmware", write(f"{folder}/half", uimage[:-100])], "damaged or cut off"),
        refused("a root file system that ends early", ["--kernel", good, "--initrd", write(f"{folder}/sq", squashfs)], "but cut off"),
        refused("another chip's kernel", ["--kernel", other, "--initrd", archive], "its board is isvp_turkey"),
    ]


def run(arguments, library):
    """`library`: libt31-qemu.so. Returns results."""
    print("-- devices of a T31", flush=True)
    folder = tempfile.mkdtemp(prefix="t31vm-")
    try:
        program, uimage = build(folder)
        flash = write(f"{folder}/flash.bin", flash_contents())
        kernel = images.kernel(write(f"{folder}/uImage", uimage), folder)
        results = start(arguments, library, kernel, flash, "all", "watchdog")
        results += start(arguments, library, kernel, flash, "none", "power")
        return results + file_tests(folder, program, uimage)
    finally:
        shutil.rmtree(folder)
