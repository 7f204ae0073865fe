#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks what holds for every file: a licence line, no unfinished work, no foreign names, no machine paths.

Exit status: 0 clean, 1 problems (one line each on stderr), 2 wrong usage.
"""

import argparse
import pathlib
import re
import sys

import source_tree

LICENCE = "SPDX-License-Identifier: GPL-2.0-or-later"
BINARY_SUFFIXES = {".png", ".jpg", ".bin", ".gz", ".raw"}

# Words are written in pieces so that this file passes its own check.
FORBIDDEN = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b"), "unfinished work"),
    (re.compile(r"\bfor" r" now\b", re.IGNORECASE), "unfinished work"),
    (re.compile(r"\bti" r"sp_[a-z]|tizi" r"ano_|_tizi" r"ano", re.IGNORECASE), "a vendor's symbol name"),
    (re.compile(r"(?<![\w.])/wo" r"rk/|/tmp/BR" r"IEF|/tmp/bu" r"ild-"), "a path of one machine"),
]

# Tests run side by side: a fixed name in the common folder is a file that two of them share.
COMMON_FOLDER = re.compile(r"\bTempDir\(\)|\btemp_directory_path\(\)")
OWN_NAME = re.compile(r"\bgetpid\(\)|\bmkdtemp\(")


def check_temporary_files(name, lines):
    if name.parts[0] != "tests":
        return []
    return [
        f"{name}:{number}: a file that tests share: use tests/temporary_folder.hpp"
        for number, line in enumerate(lines, 1)
        if COMMON_FOLDER.search(line) and not OWN_NAME.search(" ".join(lines[number - 1 : number + 2]))
    ]


# The driver knows no sensor: what a model needs is a number that its driver hands over.
SENSOR_NAME = re.compile(
    r"\b(?:ar1337|bf3a03|c2399|c23a98|c[34]390|cv[2-4]001|gc[0-9]{4}[a-z]?|gc03(?:28|2a)|imx[0-9]{3}|jx[fhkq][0-9]{2}\w?|"
    r"mis[0-9]{4}|os[0-9]{2}[a-z][0-9]{2}|ov[0-9]{4}\w?|ps5[0-9]{3}|sc[0-9]{3,4}\w{0,2}|sp1405|tp2850)\b",
    re.IGNORECASE,
)


def check_sensor_names(name, lines):
    if name.parts[0] not in ("driver", "bridge"):
        return []
    return [
        f"{name}:{number}: a sensor by name: {line.strip()[:80]}"
        for number, line in enumerate(lines, 1)
        if SENSOR_NAME.search(line)
    ]


def check_file(root, name):
    if name.suffix in BINARY_SUFFIXES:
        return []
    try:
        text = (root / name).read_text()
    except UnicodeDecodeError:
        return [f"{name}: not UTF-8 text"]
    problems = []
    lines = text.splitlines()
    if source_tree.is_code(name) and not any(LICENCE in line for line in lines[:3]):
        problems.append(f"{name}:1: no line '{LICENCE}'")
    if text and not text.endswith("\n"):
        problems.append(f"{name}:{len(lines)}: no newline at the end of the file")
    for number, line in enumerate(lines, 1):
        for pattern, why in FORBIDDEN:
            if pattern.search(line):
                problems.append(f"{name}:{number}: {why}: {line.strip()[:80]}")
    return problems + check_temporary_files(name, lines) + check_sensor_names(name, lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=source_tree.ROOT, help="source tree to check")
    root = pathlib.Path(parser.parse_args().root)
    if not root.is_dir():
        parser.error(f"no such folder: {root}")
    problems = [problem for name in source_tree.files(root) for problem in check_file(root, name)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
