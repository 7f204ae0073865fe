# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of the source tree, for the checks in this folder."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
CPP_SUFFIXES = {".c", ".h", ".cpp", ".hpp"}
CODE_SUFFIXES = CPP_SUFFIXES | {".py", ".sh", ".cmake", ".lds"}
CODE_NAMES = {"CMakeLists.txt", "Kbuild", "Makefile", ".clang-format", ".clang-tidy"}
INPUTS = ("fuzz", "corpus")  # arbitrary bytes
SKIPPED_FOLDERS = {".git", "build", "out", "__pycache__"}


def files(root=ROOT):
    """All files that are or would be committed, as paths relative to `root`, sorted."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=False)
    if listing.returncode == 0:
        names = [pathlib.Path(name) for name in listing.stdout.decode().split("\0") if name]
    else:  # an unpacked archive
        names = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
        names = [name for name in names if not SKIPPED_FOLDERS & set(name.parts)]
    names = [name for name in names if name.parts[:2] != INPUTS]
    return sorted(name for name in names if (root / name).is_file())


def is_code(name):
    return name.suffix in CODE_SUFFIXES or name.name in CODE_NAMES


def is_cpp(name):
    return name.suffix in CPP_SUFFIXES
