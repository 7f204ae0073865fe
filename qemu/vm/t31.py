# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole T31 as a virtual machine: a kernel and a root file system that the user brings."""
import os

from vm import images
from vm.common import EXIT_USAGE, die

KERNEL_VARIABLE = "T31_VENDOR_KERNEL"
TREE_VARIABLE = "T31_VENDOR_TREE"
MEGABYTES = (64, 128, 256)
HOW = (f"t31vm test --machine t31 --kernel FILE [--tree TREE], or {KERNEL_VARIABLE}=FILE t31vm test: FILE is the vmlinux of "
       "a T31 kernel 3.10.14 that was built with BLK_DEV_INITRD, TREE the folder it was built in (docs/t31vm.md)")


def add_options(parser):
    group = parser.add_argument_group("the whole T31 (--machine t31)")
    group.add_argument("--machine", choices=("malta", "t31"), default="malta",
                       help="malta: Debian's kernel, with the camera's hardware; t31: a camera's own kernel")
    group.add_argument("--kernel", metavar="FILE", help="a T31 kernel: uImage, vmlinux or vmlinuz")
    group.add_argument("--tree", metavar="FOLDER",
                       help="the tree that the kernel was built in, for our modules (default: where the kernel lies); "
                            "without --machine t31 a malta kernel's, which is booted in place of Debian's")
    group.add_argument("--memory", type=int, choices=MEGABYTES, default=128, help="megabytes")
    group.add_argument("--reserved", type=int, metavar="N", help="megabytes of them for the camera (rmem=): default half")


def add_boot_options(parser):
    parser.add_argument("--initrd", metavar="FILE", help="root file system: a cpio archive, or a squashfs image")
    parser.add_argument("--firmware", metavar="FILE", help="an image of the flash memory: kernel and root are found in it")
    parser.add_argument("--sensor", metavar="NAME|JSON", default="sc2336",
                        help="the image sensor, or all about it and its scene (docs/sensor-model.md)")


def line(arguments, extra):
    reserved = arguments.reserved or arguments.memory // 2
    if not 0 < reserved < arguments.memory:
        die(f"--reserved {reserved}: there are {arguments.memory} megabytes of memory", EXIT_USAGE)
    own = arguments.memory - reserved
    return (f"console=ttyS1,115200n8 mem={own}M@0x0 rmem={reserved}M@{own << 20:#x} {extra} {arguments.append}").strip()


def machine(arguments, kernel, initramfs, extra):
    """QEMU's arguments."""
    words = ["-M", "t31", "-m", str(arguments.memory), "-kernel", kernel, "-append", line(arguments, extra)]
    return words + (["-initrd", initramfs] if initramfs else [])


def for_tests(arguments, archive):
    """With our own initramfs, whose programs may ask the machine for things (t31vm on the boot line)."""
    folder = arguments.work
    os.makedirs(folder, exist_ok=True)
    return machine(arguments, images.kernel(arguments.kernel, folder), archive,
                   "t31vm panic=-1 oops=panic rdinit=/init quiet")


def tree(arguments):
    """The kernel's tree, for modules."""
    if not arguments.kernel:
        die(f"--machine t31 wants a kernel: {HOW}", EXIT_USAGE)
    folder = arguments.tree or os.path.dirname(os.path.abspath(arguments.kernel))
    if not os.path.exists(os.path.join(folder, "include", "generated", "autoconf.h")):
        die(f"{folder} is no kernel tree that was built: say with --tree which one belongs to {arguments.kernel}, "
            "so that modules can be built for it", EXIT_USAGE)
    return os.path.abspath(folder)


def sensor_description(text):
    return text if text.lstrip().startswith("{") else '{"sensor":"%s","scene":{"type":"colorchecker"}}' % text


def prepare(arguments):
    """QEMU's arguments, and its library's environment."""
    for folder in (arguments.work, arguments.out):
        os.makedirs(folder, exist_ok=True)
    environment = {"T31_QEMU_SENSOR": sensor_description(arguments.sensor), "T31_QEMU_OUT": os.path.abspath(arguments.out),
                   "T31_QEMU_SLOW": str(arguments.slow)}
    firmware = images.Firmware(arguments.firmware) if arguments.firmware else None
    if not arguments.kernel and firmware is None:
        die("a kernel is wanted: --kernel FILE, or --firmware FILE with one in it", EXIT_USAGE)
    kernel = images.kernel(arguments.kernel, arguments.work) if arguments.kernel else firmware.kernel(arguments.work)
    extra = ["t31vm"]
    if firmware:
        environment["T31_QEMU_FLASH"] = firmware.flash(arguments.work)
    if arguments.initrd:
        extra.append(images.initrd(arguments.initrd))
    elif firmware:
        extra.append(firmware.arguments())
    else:
        die("a root file system is wanted: --initrd FILE (cpio or squashfs), or --firmware FILE", EXIT_USAGE)
    return machine(arguments, kernel, arguments.initrd, " ".join(extra)), environment
