#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What tuning files hold: for each parameter array of a block, every content that a bank of a file has.

  tuning_values.py BLOCK [NAME]     e.g. MDNS, SDNS y_pspa; shared data as for the tests
"""
import collections
import csv
import os
import pathlib
import struct
import sys

HEADER_BYTES, BANK_BYTES = 24, 79856
ROOT = pathlib.Path(__file__).resolve().parent.parent


def shared():
    return pathlib.Path(os.environ.get("T31_SHARED", ROOT.parent / "shared"))


def banks():
    for path in sorted((shared() / "data/tuning").glob("*.bin")):
        data = path.read_bytes()
        for i, bank in enumerate(("day", "night")):
            first = HEADER_BYTES + i * BANK_BYTES
            yield f"{path.stem}/{bank}", data[first:first + BANK_BYTES]


def contents(row):
    """Content -> names of banks."""
    size = {"u8": "B", "u16": "H", "u32": "I", "s32": "i"}.get(row["element_type"], "I")
    seen = collections.defaultdict(list)
    for name, bank in banks():
        values = struct.unpack_from(f"<{row['count']}{size}", bank, int(row["bank_offset"]))
        seen[values].append(name)
    return seen


def shown(values):
    if len(set(values)) == 1 and len(values) > 1:
        return f"{values[0]} x{len(values)}"
    return " ".join(map(str, values))


def main():
    block = sys.argv[1].upper() if len(sys.argv) > 1 else ""
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    with open(shared() / "spec/tuning-blob.csv", newline="") as table:
        rows = [r for r in csv.DictReader(table) if r["block"].upper() == block and part in r["name"]]
    if not rows:
        sys.exit(__doc__)
    for row in rows:
        print(f"{row['param_id']:>5} {row['name']}")
        for values, names in sorted(contents(row).items(), key=lambda item: -len(item[1])):
            who = "all" if len(names) == 18 else " ".join(names) if len(names) < 4 else f"{len(names)} banks"
            print(f"        {shown(values)}   [{who}]")


if __name__ == "__main__":
    main()
