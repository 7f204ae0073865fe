#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts executed MIPS instructions of the driver's own code.

Compiles the driver core as a camera's module is compiled, links it with one of the small programs
in bench/mips into a static MIPS program and runs it under qemu-mipsel with a counting plugin.
Prints one line per counted function; fails when its mean exceeds --budget or a call --largest.

Needs mipsel-linux-gnu-g++ (with libc), qemu-mipsel and the plugin's source; what is missing is
named, and the exit status is then 77 (skipped).

Usage: count_instructions.py --build DIR --plugin mipscount.c --program session
           [--argument FILE]... [--function NAME]... [--budget NAME=N]... [--shared DIR]

Relative names of the plugin and of arguments are looked up in $T31_SHARED, else in --shared.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SKIPPED = 77
CROSS = "mipsel-linux-gnu-"
# A module's code generation; what only a kernel can link (soft floating point) is left out.
FLAGS = ["-std=c++20", "-O2", "-mabi=32", "-EL", "-march=mips32r2", "-G0", "-mno-abicalls", "-fno-pic",
         "-fno-pie", "-mlong-calls", "-ffreestanding", "-fno-exceptions", "-fno-rtti",
         "-fno-threadsafe-statics", "-fno-use-cxa-atexit", "-fno-strict-aliasing", "-fno-common",
         "-fno-delete-null-pointer-checks", "-fwrapv", "-fno-stack-protector",
         "-ftrivial-auto-var-init=zero", "-fno-asynchronous-unwind-tables"]
HARNESS_FLAGS = ["-std=c++20", "-O2", "-march=mips32r2", "-fno-pic", "-fno-pie", "-mno-shared",
                 "-fno-exceptions", "-fno-rtti"]
# Sources of each program besides the driver's; `home` is the port.
PROGRAMS = {"session": ["home.cpp", "sensor.cpp", "session.cpp"],
            "gain": ["home.cpp", "gain.cpp"],
            "tone": ["home.cpp", "tone.cpp"],
            "auto": ["auto.cpp"]}
# Folders of the driver that a program needs; without an entry: all.
FOLDERS = {"gain": ("blocks/", "tuning/"), "tone": ("blocks/", "tuning/"),
           "auto": ("control/a", "control/statistics", "tuning/bank")}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def run(command, **options):
    return subprocess.run(command, check=True, **options)


def driver_sources(program):
    with open(os.path.join(ROOT, "driver", "sources.cmake"), encoding="utf-8") as stream:
        names = re.findall(r"^\s*(?:\$\{CMAKE_CURRENT_LIST_DIR\}/|driver/)?([\w/]+\.cpp)", stream.read(), re.M)
    return [os.path.join(ROOT, "driver", name) for name in names
            if name.startswith(FOLDERS.get(program, ""))]


def compile_one(job):
    source, target, flags = job
    newest = target if os.path.exists(target) else None
    compiler = [f"{CROSS}g++"] if not shutil.which("ccache") else ["ccache", f"{CROSS}g++"]
    if newest is None or not up_to_date(target):
        run(compiler + flags + ["-MMD", "-c", source, "-o", target])
    return target


# By the dependency file that the compiler left.
def up_to_date(target):
    dependencies = os.path.splitext(target)[0] + ".d"
    if not os.path.exists(dependencies):
        return False
    with open(dependencies, encoding="utf-8") as stream:
        names = stream.read().replace("\\\n", " ").split()[1:]
    built = os.path.getmtime(target)
    return all(os.path.exists(name) and os.path.getmtime(name) <= built for name in names)


def build(arguments):
    here = os.path.join(ROOT, "bench", "mips")
    includes = ["-I" + os.path.join(here, "include"), "-I" + ROOT, "-I" + os.path.join(ROOT, "include")]
    os.makedirs(arguments.build, exist_ok=True)
    jobs = []
    for source in driver_sources(arguments.program):
        name = os.path.relpath(source, ROOT).replace("/", "_")[:-4] + ".o"
        jobs.append((source, os.path.join(arguments.build, name), FLAGS + includes))
    for name in PROGRAMS[arguments.program]:
        jobs.append((os.path.join(here, name), os.path.join(arguments.build, "bench_" + name[:-4] + ".o"),
                     HARNESS_FLAGS + includes))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, jobs))
    program = os.path.join(arguments.build, arguments.program)
    run([f"{CROSS}g++", "-static", "-no-pie", "-Wl,--no-warn-mismatch", "-o", program] + objects,
        stderr=subprocess.DEVNULL)
    return program


def count(arguments, program, functions):
    plugin = os.path.join(arguments.build, "mipscount.so")
    run(["gcc", "-O2", "-shared", "-fPIC", "-o", plugin, arguments.plugin])
    symbols = program + ".sym"
    names = run([f"{CROSS}nm", program], capture_output=True, text=True).stdout
    with open(symbols, "w", encoding="utf-8") as stream:
        for line in names.splitlines():
            fields = line.split()
            if len(fields) == 3 and fields[1] in "tT":
                stream.write(f"{fields[0]} {fields[2]}\n")
    listed = ",".join([plugin, "sym=" + symbols] + ["fn=" + name for name in functions])
    counts = program + ".counts"
    run(["qemu-mipsel", "-plugin", listed, "-d", "plugin", "-D", counts, program] + arguments.argument)
    with open(counts, encoding="utf-8") as stream:
        return stream.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--program", choices=sorted(PROGRAMS), default="session")
    parser.add_argument("--argument", action="append", default=[])
    parser.add_argument("--function", action="append", default=[])
    parser.add_argument("--budget", action="append", default=[], help="NAME=N, mean of all calls")
    parser.add_argument("--largest", action="append", default=[], help="NAME=N, any single call")
    parser.add_argument("--shared", default=".")
    arguments = parser.parse_args()
    shared = os.environ.get("T31_SHARED", arguments.shared)
    arguments.plugin = os.path.join(shared, arguments.plugin)
    arguments.argument = [os.path.join(shared, name) for name in arguments.argument]
    for tool in (f"{CROSS}g++", f"{CROSS}nm", "qemu-mipsel", "gcc"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    for path in [arguments.plugin] + arguments.argument:
        if not os.path.exists(path):
            skip(f"{path} is not there")
    budgets = dict(item.split("=") for item in arguments.budget)
    limits = dict(item.split("=") for item in arguments.largest)
    functions = list(dict.fromkeys(list(budgets) + list(limits) + arguments.function))
    report = count(arguments, build(arguments), functions)
    failed = False
    for name in functions:
        match = re.search(rf"^{re.escape(name)} calls (\d+) mean (\d+) max (\d+)$", report, re.M)
        if match is None or int(match[1]) == 0:
            print(f"{name}: never called")
            failed = True
            continue
        budget, limit = budgets.get(name), limits.get(name)
        over = (budget is not None and int(match[2]) > int(budget)
                or limit is not None and int(match[3]) > int(limit))
        print(f"{name}: {match[1]} calls, mean {match[2]}, largest {match[3]}"
              + (f", budget {budget}" if budget else "") + (f", limit {limit}" if limit else "")
              + (" - EXCEEDED" if over else ""))
        failed |= over
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
