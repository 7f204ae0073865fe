#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds up the results of all test runs and prints "N passed, N failed, N skipped".

Reads every JUnit file of a folder (ctest --output-junit). A stage that failed without a failed test of its
own (a build, a check) counts as one failure. Exit status: 0 when nothing failed, else 1.
"""

import argparse
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count(folder):
    """Returns (passed, failed, skipped, runs with failures)."""
    passed = failed = skipped = failed_runs = 0
    for path in sorted(folder.glob("*.xml")):
        failed_here = 0
        for case in ElementTree.parse(path).getroot().iter("testcase"):
            status = case.get("status")
            if status == "run":
                passed += 1
            elif status in ("notrun", "disabled") and case.find("failure") is None:
                skipped += 1
            else:
                failed_here += 1
                print(f"failed: {path.stem}: {case.get('name')}")
        failed += failed_here
        failed_runs += failed_here > 0
    return passed, failed, skipped, failed_runs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--failed-stages", type=int, default=0, help="stages that failed")
    parser.add_argument("folder", type=pathlib.Path, help="folder with JUnit files")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"no such folder: {arguments.folder}")
    passed, failed, skipped, failed_runs = count(arguments.folder)
    failed += max(0, arguments.failed_stages - failed_runs)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
