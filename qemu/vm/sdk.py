# SPDX-License-Identifier: GPL-2.0-or-later
"""`t31vm sdk`: the sensor drivers of an ingenic-sdk checkout as kernel modules against our headers, and whose their symbols are."""
import os
import re
import shutil
import subprocess

from vm.build import Build
from vm.common import CROSS, EXIT_USAGE, ROOT, die, run, say

# As kernels compile, without what they think of other people's sources; locals without a value are zero as on a camera.
KBUILD = """t31_root := {root}
obj-m := {objects}
{parts}
ccflags-y := -DT31_PORT_TYPES_FROM_KERNEL -I$(t31_root)/include/sensor -I$(t31_root)/include -I$(t31_root) \\
             $(if $(wildcard $(srctree)/arch/mips/xburst),,-I$(t31_root)/linux/compat) \\
             -include $(t31_root)/linux/compat/bridge.h -std=gnu11 -w -Wno-declaration-after-statement \\
             -Wa,-mno-fix-loongson3-llsc
ccflags-y += $(call cc-option,-ftrivial-auto-var-init=zero)
"""


def add_options(parser):
    parser.add_argument("checkout", help="of ingenic-sdk")
    parser.add_argument("--tree", required=True, help="a kernel tree, built or prepared (make modules_prepare)")
    parser.add_argument("--list", action="store_true", help="every module with what it imports")


def sources(checkout, tree):
    """{name: text} of the drivers for that kernel: 3.10.14's, or those of 4.4.94 for all newer ones."""
    release = os.path.join(tree, "include", "config", "kernel.release")
    if not os.path.exists(release):
        die(f"{tree} is no kernel tree that is prepared for modules", EXIT_USAGE)
    with open(release, encoding="utf-8") as stream:
        version = stream.read()
    folder = os.path.join(checkout, "3.10.14" if version.startswith("3.") else "4.4.94", "sensor-src", "t31")
    if not os.path.isdir(folder):
        die(f"{folder}: no sensor drivers of an ingenic-sdk checkout", EXIT_USAGE)
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".c"):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as stream:
                found[name[:-2]] = (os.path.join(folder, name), stream.read())
    return found


def parts(name, text):
    """Kbuild's lines. A driver makes its own files in /proc/jz/sensor, or is published by ours."""
    own = "sensor_common_init" in text
    lines = f"sensor_{name}_t31-y := {name}.o" + (" sensor_info.o" if own else "") + "\n"
    if own:
        lines += f"CFLAGS_{name}.o := -DT31_SENSOR_INFO\n"
    elif "SENSOR_I2C_ADDRESS" in text:
        lines += f"CFLAGS_{name}.o := -DT31_SENSOR_REGISTRY\n"
    return lines


def write_kbuild(folder, found):
    with open(os.path.join(folder, "Kbuild"), "w", encoding="utf-8") as stream:
        stream.write(KBUILD.format(root=ROOT, objects=" ".join(f"sensor_{name}_t31.o" for name in found),
                                   parts="".join(parts(name, text) for name, (_, text) in found.items())))


def compile_all(build, folder, found):
    """{name: the first error} of those that are no C."""
    write_kbuild(folder, found)
    log = subprocess.run(["make", "-C", build.headers, "ARCH=mips", f"CROSS_COMPILE={CROSS}", f"-j{os.cpu_count()}", "-k",
                          f"M={folder}", "modules"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         errors="replace", check=False).stdout
    bad = {}
    for name in found:
        if not os.path.exists(os.path.join(folder, f"{name}.o")):
            error = re.search(rf"{re.escape(folder)}/({name}\.c:\d+:\d+: error: .*)", log)
            bad[name] = error.group(1) if error else "does not compile"
    return bad


def ours(build):
    with open(os.path.join(build.tree, "linux", "Module.symvers"), encoding="utf-8") as stream:
        return {line.split("\t")[1] for line in stream}


def run_sdk(arguments):
    """Returns an exit status."""
    tree = os.path.abspath(arguments.tree)
    found = sources(os.path.abspath(arguments.checkout), tree)
    build = Build(os.path.join(arguments.work, os.path.basename(tree)), tree, arguments.preset)
    build.modules(board=False)
    folder = os.path.join(build.tree, "sdk")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, (path, _) in found.items():
        os.symlink(path, os.path.join(folder, f"{name}.c"))
    os.symlink(os.path.join(ROOT, "sensors", "common", "sensor_info.c"), os.path.join(folder, "sensor_info.c"))
    bad = compile_all(build, folder, found)
    good = {name: entry for name, entry in found.items() if name not in bad}
    write_kbuild(folder, good)
    run(["make", "-C", tree, "ARCH=mips", f"CROSS_COMPILE={CROSS}", f"-j{os.cpu_count()}", f"M={folder}",
         f"KBUILD_EXTRA_SYMBOLS={build.tree}/linux/Module.symvers", "modules"])
    driver, kernel = ours(build), build.exported()
    missing, used = {}, set()
    for name in good:
        module = os.path.join(folder, f"sensor_{name}_t31.ko")
        wanted = {line.split()[-1] for line in run([f"{CROSS}nm", "-u", module]).splitlines()}
        used |= wanted & driver
        lacking = sorted(wanted - driver - kernel)
        if lacking:
            missing[name] = lacking
        if arguments.list:
            print(f"{name}: ours {' '.join(sorted(wanted & driver))}; the kernel's {' '.join(sorted(wanted & kernel - driver))}")
    for name, error in bad.items():
        print(f"no C: {error}")
    for name, lacking in missing.items():
        print(f"{name}: nobody exports {' '.join(lacking)}")
    say(f"{len(used)} of our {len(driver)} symbols are used; the modules lie in {folder}")
    say(f"{len(good) - len(missing)} of {len(found)} sensor modules link, {len(bad)} are no C, {len(missing)} want symbols "
        "that nobody exports")
    return 1 if missing or not good else 0
