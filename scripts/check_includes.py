#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the arrows of the architecture: a folder includes only what is drawn below it.

Every quoted or angle-bracket include that names a file of this tree must be allowed by the rules below;
the driver core may besides include only the freestanding headers of the language.
Exit status: 0 all arrows point down, 1 some don't (one line each on stderr), 2 wrong usage.
"""

import argparse
import pathlib
import re
import sys

import source_tree

# The driver's layers, lowest first. port/ has two: plain C headers at the very bottom, and C++ wrappers
# around them that use base/. driver/driver.h, what the homes call, is plain C and lies at the bottom too;
# driver/driver.cpp behind it is the top.
DRIVER_LAYERS = [
    "driver/port/*.h",
    "driver/base",
    "driver/port",
    "driver/regs",
    "driver/graph",
    "driver/input",
    "driver/core",
    "driver/tuning",
    "driver/blocks",
    "driver/control",
    "driver/output",
    "driver/device",
]

# Folder -> folders and files that it may include besides itself. Tests, benchmarks and fuzzers see all.
MAY_INCLUDE = {
    "include": ["host/kernel/include"],  # <linux/...> of the kernel, or the stand-ins for it
    "bridge": ["include", "driver/input/sensor_api.h", "driver/port/*.h", "host/kernel"],
    "model": ["driver/regs", "driver/base"],
    "host": ["include", "driver/driver.h", "driver/port", "driver/base", "driver/input/sensor_api.h",
             "model/include", "bridge"],
    # The module includes the kernel's own <linux/...>, which the stand-ins have the names of.
    "linux": ["include", "driver/driver.h", "driver/port", "driver/input/sensor_api.h", "bridge",
              "host/kernel/include"],
    "sensors": ["include", "host/include/linux", "host/kernel"],
    "tools": ["include", "host/include", "driver/regs", "driver/base", "driver/port", "driver/tuning",
              "model"],
    "qemu": ["model", "include", "linux/glue/board.h", "host/kernel/include", "host/device", "host/include"],
}
# Files and folders that may include more: one replays recordings through parts of the driver, one checks values
# against its tables of register fields.
EXTRA = {"tools/t31cam/blocks_replay.cpp": ["driver/blocks", "driver/core", "driver/input"],
         "tools/t31tune/lint_fields.cpp": ["driver/blocks"],
         # Folders: exposure and white balance on plants of their own, without a camera.
         "tools/loops": ["driver/control"],
         # Sensor drivers alone, without the ISP; the kernel module's own registry on a PC.
         "tools/sdk": ["driver/input/sensor_api.h"],
         "tools/sdk/overrule.c": ["bridge/bridge.h"],
         "host/kernel": ["linux/glue/registry.h"],
         "sensors/common/sensor_info.c": ["linux/glue/compat_proc.h"],
         "tools/t31cam/report": ["driver/control"],
         # The client's home on a camera builds t31cam there; its board may be a virtual one.
         "host/device": ["tools", "qemu/mailbox.h"],
         # Programs and sensor modules of the guest.
         "qemu/guest": ["tests/camera/client.hpp", "sensors", "tools/t31cam", "linux/glue/compat_proc.h"]}
UNRESTRICTED = ("tests", "bench", "fuzz")

# The model's own tests are a second witness of the register map and must not share the driver's.
MAY_NOT_INCLUDE = {"tests/model": ["driver"]}

CORE_SYSTEM_HEADERS = {
    "cstddef", "cstdint", "type_traits", "array", "bit", "limits", "span", "new", "utility",
    "stddef.h", "stdint.h",
}
# Named by driver/port headers for their homes, which supply them.
HOME_HEADERS = {"port_mmio.h", "linux/types.h"}

# Where the compiler looks for a quoted or bracketed name, besides the including file's own folder.
SEARCH = ["", "include", "include/sensor", "host/include", "host/kernel", "host/kernel/include",
          "model/include", "tools"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def covers(pattern, name):
    """True when `pattern` (a folder, a file, or folder/*.h) covers the file `name`."""
    if pattern.endswith("/*.h"):
        return str(name.parent) == pattern[:-4] and name.suffix == ".h"
    path = pathlib.PurePosixPath(pattern)
    return name == path or path in name.parents


def layer(name):
    """Index into DRIVER_LAYERS of a file below driver/; None when its folder is not in the drawing."""
    if name == pathlib.PurePosixPath("driver/driver.h"):
        return 0
    if name == pathlib.PurePosixPath("driver/driver.cpp"):
        return len(DRIVER_LAYERS) - 1
    for index, pattern in enumerate(DRIVER_LAYERS):
        if covers(pattern, name):
            return index
    return None


def resolve(root, source, target, known):
    for folder in [str(source.parent)] + SEARCH:
        candidate = pathlib.PurePosixPath(folder) / target
        parts = []
        for part in candidate.parts:
            if part == ".." and parts:
                parts.pop()
            elif part != ".":
                parts.append(part)
        candidate = pathlib.PurePosixPath(*parts) if parts else candidate
        if candidate in known:
            return candidate
    return None


def check_driver(source, bracket, target, found):
    if target in HOME_HEADERS and source.parts[:2] == ("driver", "port"):
        return None
    if found is None:
        if bracket == "<" and target in CORE_SYSTEM_HEADERS:
            return None
        return "not a freestanding header" if bracket == "<" else "no such file"
    if found.parts[0] == "include":
        return None if found.parts[1] == "uapi" else "the core knows no kernel types"
    if found.parts[0] != "driver":
        return f"driver/ must not include {found.parts[0]}/"
    own, other = layer(source), layer(found)
    if own is None or other is None:
        return "its folder is not in the drawing (DRIVER_LAYERS in scripts/check_includes.py)"
    if other > own:
        return f"{found.parent} is drawn above {source.parent}"
    return None


def check_folder(source, found):
    top = source.parts[0]
    if found is None or found.parts[0] == top:
        return None
    if top not in MAY_INCLUDE:
        return f"{top}/ has no rule in scripts/check_includes.py"
    extra = [pattern for owner, patterns in EXTRA.items() if covers(owner, source) for pattern in patterns]
    if any(covers(pattern, found) for pattern in MAY_INCLUDE[top] + extra):
        return None
    return f"{top}/ must not include {found.parent}/"


def check(root):
    names = [pathlib.PurePosixPath(name) for name in source_tree.files(root)]
    known = set(names)
    problems = []
    for source in names:
        if not source_tree.is_cpp(source) or len(source.parts) < 2:
            continue
        lines = (pathlib.Path(root) / source).read_text(errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            bracket, target = match.groups()
            found = resolve(root, source, target, known)
            problem = None
            if source.parts[0] == "driver":
                problem = check_driver(source, bracket, target, found)
            elif source.parts[0] not in UNRESTRICTED:
                problem = check_folder(source, found)
            for folder, forbidden in MAY_NOT_INCLUDE.items():
                if covers(folder, source) and found and any(covers(f, found) for f in forbidden):
                    problem = f"{folder}/ must not include {found.parent}/"
            if problem:
                problems.append(f"{source}:{number}: includes {target}: {problem}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=source_tree.ROOT, help="source tree to check")
    root = pathlib.Path(parser.parse_args().root)
    if not root.is_dir():
        parser.error(f"no such folder: {root}")
    problems = check(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
