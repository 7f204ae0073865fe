# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that a user brings for -M t31: kernels, root file systems, firmware images. QEMU's machine takes ELF kernels, so
whatever else holds one becomes an ELF file. A file that is no use ends the program with a sentence that says why."""
import bz2
import gzip
import lzma
import os
import re
import struct
import zlib

from vm.common import EXIT_USAGE, die

ELF_MAGIC = b"\x7fELF"
UIMAGE_MAGIC = 0x27051956
UIMAGE_HEADER = struct.Struct(">7I4B32s")
UIMAGE_MIPS, UIMAGE_KERNEL = 5, 2
SQUASHFS_MAGIC = b"hsqs"
SQUASHFS_HEADER = 96
MEGABYTE = 1 << 20
# Of cameras.
FLASH_SIZES = tuple(n * MEGABYTE for n in (8, 16, 32))
# What kernels of the vendor's tree are called is what they were configured for; a T31's board is called "swan".
BOARD = re.compile(rb"Linux version [0-9.]+[-_]+isvp_([a-z]+)")
T31_BOARD = b"swan"
ARCHIVES = {b"070701": "cpio", b"070702": "cpio", b"\x1f\x8b": "gzip", b"\xfd7zXZ": "xz", b"BZh": "bzip2",
            b"\x5d\x00\x00": "lzma", b"\x89LZO": "lzo", b"\x02!L\x18": "lz4"}


def read(path):
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        die(f"{path}: {error.strerror}", EXIT_USAGE)


def unpack_lzma(data):
    """Of the old format, whose end U-Boot's makers often leave unmarked."""
    return lzma.LZMADecompressor(format=lzma.FORMAT_ALONE).decompress(data)


UNPACK = {0: lambda data: data, 1: gzip.decompress, 2: bz2.decompress, 3: unpack_lzma}
COMPRESSIONS = {4: "LZO", 5: "LZ4", 6: "ZSTD"}


class UImage:
    """U-Boot's image of a kernel: a header of 64 bytes, then the kernel."""

    def __init__(self, data, offset=0):
        header = data[offset:offset + UIMAGE_HEADER.size]
        fields = UIMAGE_HEADER.unpack(header)
        (_, check, _, self.size, self.load, self.entry, self.data_check, _, self.machine, self.kind,
         self.compression, name) = fields
        self.name = name.split(b"\0")[0].decode("latin-1")
        self.valid = zlib.crc32(header[:4] + b"\0\0\0\0" + header[8:]) == check
        self.end = offset + UIMAGE_HEADER.size + self.size
        self.body = data[offset + UIMAGE_HEADER.size:self.end]

    @staticmethod
    def starts(data, offset=0):
        return data[offset:offset + 4] == UIMAGE_MAGIC.to_bytes(4, "big") and \
            len(data) >= offset + UIMAGE_HEADER.size

    def is_kernel(self):
        return self.valid and self.kind == UIMAGE_KERNEL

    def kernel(self, path):
        if not self.valid:
            die(f"{path}: the header of the uImage is damaged", EXIT_USAGE)
        if self.machine != UIMAGE_MIPS or self.kind != UIMAGE_KERNEL:
            die(f"{path}: a uImage, but not of a MIPS kernel", EXIT_USAGE)
        if len(self.body) < self.size or zlib.crc32(self.body) != self.data_check:
            die(f"{path}: the uImage is damaged or cut off", EXIT_USAGE)
        if self.compression not in UNPACK:
            die(f"{path}: compressed with {COMPRESSIONS.get(self.compression, self.compression)}, which t31vm can't unpack",
                EXIT_USAGE)
        try:
            return UNPACK[self.compression](self.body)
        except (OSError, EOFError, ValueError, lzma.LZMAError, zlib.error) as error:
            die(f"{path}: the kernel in the uImage can't be unpacked: {error}", EXIT_USAGE)


def check_elf(path, data):
    if len(data) < 52 or data[4] != 1 or data[5] != 1 or struct.unpack_from("<H", data, 18)[0] != 8:
        die(f"{path}: an ELF file, but not for 32-bit little-endian MIPS", EXIT_USAGE)
    if struct.unpack_from("<H", data, 16)[0] != 2:
        die(f"{path}: an ELF file, but not a program: a module or a library?", EXIT_USAGE)


def check_board(path, code):
    """Kernels of other chips say nothing at all in this machine: their serial port and timer are elsewhere."""
    board = BOARD.search(code)
    if board and board[1] != T31_BOARD:
        die(f"{path}: a kernel for another chip: its board is isvp_{board[1].decode()}, a T31's is isvp_{T31_BOARD.decode()}",
            EXIT_USAGE)


def write_elf(path, code, load, entry):
    """An ELF file with one segment."""
    header = struct.Struct("<16sHHIIIIIHHHHHH")
    segment = struct.Struct("<8I")
    start = 0x1000
    with open(path, "wb") as stream:
        stream.write(header.pack(ELF_MAGIC + bytes([1, 1, 1]), 2, 8, 1, entry, header.size, 0, 0x50001001, header.size,
                                 segment.size, 1, 0, 0, 0))
        stream.write(segment.pack(1, start, load, load, len(code), len(code), 7, 0x1000))
        stream.seek(start)
        stream.write(code)


def kernel(path, folder):
    """An ELF file of the kernel in `path`."""
    data = read(path)
    if data[:4] == ELF_MAGIC:
        check_elf(path, data)
        check_board(path, data)
        return path
    if not UImage.starts(data):
        what = archive_kind(data)
        hint = f" (it looks like {what}: --initrd takes that)" if what else ""
        if SQUASHFS_MAGIC in data[:4] or find_kernel(data):
            hint = " (it looks like a firmware image or a file system: see --firmware and --initrd)"
        die(f"{path}: neither a uImage nor an ELF kernel (vmlinux, vmlinuz){hint}", EXIT_USAGE)
    image = UImage(data)
    return write_kernel(image, path, folder)


def write_kernel(image, path, folder):
    out = os.path.join(folder, "kernel.elf")
    code = image.kernel(path)
    check_board(path, code)
    write_elf(out, code, image.load, image.entry)
    return out


def archive_kind(data):
    for magic, name in ARCHIVES.items():
        if data.startswith(magic):
            return name
    return "squashfs" if data[:4] == SQUASHFS_MAGIC else ""


def initrd(path):
    """What the kernel must be told to use it as its root."""
    data = read(path)
    kind = archive_kind(data)
    if not kind:
        die(f"{path}: neither a cpio archive (compressed or not) nor a squashfs", EXIT_USAGE)
    if kind != "squashfs":
        return ""
    if len(data) < SQUASHFS_HEADER or struct.unpack_from("<Q", data, 40)[0] > len(data):
        die(f"{path}: a squashfs, but cut off", EXIT_USAGE)
    return f"root=/dev/ram0 ro rootfstype=squashfs ramdisk_size={(len(data) + 1023) // 1024}"


def find_kernel(data):
    """Where in a firmware image a kernel's uImage begins; None when there is none."""
    offset = -1
    while True:
        offset = data.find(UIMAGE_MAGIC.to_bytes(4, "big"), offset + 1)
        if offset < 0:
            return None
        if UImage.starts(data, offset) and UImage(data, offset).is_kernel():
            return offset


class Firmware:
    """An image of the whole flash: boot loader, kernel (uImage), root file system (squashfs), and more."""

    def __init__(self, path):
        self.path = path
        self.data = read(path)
        self.kernel_at = find_kernel(self.data)
        if self.kernel_at is None:
            die(f"{path}: no firmware image: no uImage of a kernel in it", EXIT_USAGE)
        self.image = UImage(self.data, self.kernel_at)
        self.root_at = self.data.find(SQUASHFS_MAGIC, self.image.end)
        if len(self.data) > FLASH_SIZES[-1]:
            die(f"{path}: larger than any flash that T31 cameras have (32 MiB)", EXIT_USAGE)

    def kernel(self, folder):
        return write_kernel(self.image, self.path, folder)

    def flash(self, folder):
        """A flash chip with the image, erased behind it."""
        size = next(size for size in FLASH_SIZES if len(self.data) <= size)
        out = os.path.join(folder, "flash.bin")
        with open(out, "wb") as stream:
            stream.write(self.data.ljust(size, b"\xff"))
        return out

    def die_cut_off(self):
        die(f"{self.path}: cut off: the root file system (squashfs) at {self.root_at:#x} is longer than what is left of the file",
            EXIT_USAGE)

    def arguments(self):
        """Partitions as they are found, and the root in the third."""
        if self.root_at < 0:
            die(f"{self.path}: no squashfs behind the kernel: bring a root file system with --initrd", EXIT_USAGE)
        if len(self.data) < self.root_at + SQUASHFS_HEADER:
            self.die_cut_off()
        (used,) = struct.unpack_from("<Q", self.data, self.root_at + 40)
        if self.root_at + used > len(self.data):
            self.die_cut_off()
        block = 0x10000
        root = (used + self.root_at % block + block - 1) // block * block
        return (f"mtdparts=jz_sfc:{self.kernel_at:#x}(boot),{self.root_at - self.kernel_at:#x}(kernel),"
                f"{root:#x}(rootfs),-(data) root=/dev/mtdblock2 ro rootfstype=squashfs")
