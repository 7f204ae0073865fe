#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs clang-tidy on the sources below a folder, as the compile commands of a build say.

Exit status: 0 nothing found, 1 findings, 2 wrong usage.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

import source_tree


def sources(build, folder):
    commands = json.loads((build / "compile_commands.json").read_text())
    root = (source_tree.ROOT / folder).resolve()
    return sorted({entry["file"] for entry in commands if root in pathlib.Path(entry["file"]).parents})


def analyse(build, source):
    # Generated tables are computed at compile time.
    steps = "--extra-arg=-fconstexpr-steps=100000000"
    command = ["clang-tidy", "--quiet", steps, "-p", str(build), source]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return source, result.returncode, result.stdout + result.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path, help="build folder with compile_commands.json")
    parser.add_argument("folder", help="folder of the source tree")
    arguments = parser.parse_args()
    if not (arguments.build / "compile_commands.json").is_file():
        parser.error(f"no compile_commands.json in {arguments.build}")
    names = sources(arguments.build, arguments.folder)
    if not names:
        parser.error(f"no sources below {arguments.folder}")
    findings = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, status, text in pool.map(lambda name: analyse(arguments.build, name), names):
            if status != 0:
                findings += 1
                print(f"{os.path.relpath(source, source_tree.ROOT)}:\n{text}")
    print(f"{len(names)} files, {findings} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
