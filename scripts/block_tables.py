# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of the image blocks that are nothing but tables, read from the specification's text.

Used by gen_parameters.py. For each block: a header with its registers and fields, and a list of what
goes into each field.
"""
import re
import sys

# Published files hold values wider than the field here, and the recorded writes show them spilling
# into the next one: (register, bit) -> width.
WIDE_FIELDS = {(0x488c, 12): 12, (0x7010, 0): 9}

# Registers with a list in them that a change of gain does not rewrite.
LATE = {0x7078, 0x707c, 0x88c0}

# Order of temporal denoise's full refresh where it is not that of the addresses; ranges are inclusive.
TEMPORAL_ORDER = [0x7878, 0x7890, 0x78a8, 0x78c0, 0x787c, 0x7894, 0x78ac, 0x78c4, 0x7944,
                  0x7948, 0x7958, 0x7968, 0x7978, 0x794c, 0x795c, 0x796c, 0x797c,
                  0x7950, 0x7960, 0x7970, 0x7980, 0x7954, 0x7964, 0x7974, 0x7984,
                  (0x7988, 0x79a0), 0x78c8, 0x78d4, 0x78d8, 0x78cc, 0x78d0, (0x78e0, 0x7940),
                  (0x79a4, 0x7a00), (0x7a64, 0x7a70), (0x7a04, 0x7a60), (0x7a74, 0x7aec)]
# Registers of the four block grids hold the same: distance of the copies.
TEMPORAL_COPIES = {0x7878: 0x18, 0x787c: 0x18,
                   0x7948: 0x10, 0x794c: 0x10, 0x7950: 0x10, 0x7954: 0x10}


class Block:
    """One block: where the specification has it and what the files are called."""

    def __init__(self, name, title, document, begin, end, latch=None, prefix=None):
        self.name, self.title, self.document = name, title, document
        self.begin, self.end, self.latch, self.prefix = begin, end, latch, prefix


BLOCKS = [
    Block("defect_pixels", "defect pixels (DPC) and cross-talk (CTR)", "raw", "### 6.1 DPC", "### 6.2 RDNS",
          0x2898),
    Block("raw_denoise", "noise reduction on Bayer data (RDNS)", "raw", "### 6.2 RDNS", "## 7. Colour",
          0x30ac),
    Block("demosaic", "the demosaic block (DMSC)", "raw", "### 7.1 DMSC", "### 7.2 CCM", 0x499c),
    Block("sharpen", "luma sharpening (SP)", "detail", "## 1. SHARPEN", "## 2. SDNS", 0x7090),
    Block("spatial_denoise", "spatial noise reduction (SDNS)", "detail", "## 2. SDNS", "## 3. MDNS", 0x8b4c),
    Block("temporal_denoise", "temporal noise reduction (MDNS)", "detail", "## 3. MDNS", "## 4. YDNS"),
    Block("luma_denoise", "luma denoise fusion (YDNS)", "detail", "## 4. YDNS", "## 5. ADR"),
]


def fail(text):
    sys.exit("block tables: " + text)


# ---- reading the two notations ------------------------------------------------------------------------


def flatten(source):
    """Drops grouping parentheses but keeps those of I(...)."""
    out, depth = [], []
    for index, char in enumerate(source):
        if char == "(":
            depth.append(index > 0 and source[index - 1] == "I")
            if depth[-1]:
                out.append(char)
        elif char == ")":
            if depth.pop():
                out.append(char)
        else:
            out.append(char)
    return "".join(out)


def one_term(text):
    """(array, element, or None when it follows the gain)."""
    follows = re.fullmatch(r"I\((\w+)\)", text)
    if follows:
        return follows[1], None
    fixed = re.fullmatch(r"(\w+)\[(\d+)\]", text)
    if fixed:
        return fixed[1], int(fixed[2])
    if re.fullmatch(r"[a-z_]+", text):
        return text, 0
    return fail("can't read source: " + text)


def split_terms(register, source):
    """A field's source as (combine, array, element) terms."""
    if source.startswith("mask from "):
        return [("kLevelMask",) + one_term(source[len("mask from "):].split(",")[0])]
    limit = re.fullmatch(r"min\(4095, (.*)\)", source)
    if limit:
        source = limit[1]
    if source.endswith(">>3))"):
        return [("kLessEighth",) + one_term(source[1:source.index("-(")])]
    terms, sign = [], "+"
    for piece in re.split(r"([+-])", flatten(source)):
        if piece in "+-":
            sign = piece
            continue
        combine = "kSet" if not terms else "kAdd" if sign == "+" else "kSubtract"
        terms.append((combine,) + one_term(piece))
    if limit:
        terms[-1] = ("kAddLimit4095",) + terms[-1][1:]
    # Differences of the defect thresholds stop at 0, but for the first.
    if 0x2820 <= register <= 0x2834 and terms[-1][0] == "kSubtract":
        terms[-1] = ("kSubtractToZero",) + terms[-1][1:]
    return terms


def raw_registers(section):
    registers = []
    for match in re.finditer(r"^\| (0x[0-9a-f]{4}) \| (.*) \|$", section, re.M):
        offset = int(match[1], 16)
        if match[2].startswith("const"):
            continue
        fields = []
        for field in match[2].split("; ") if not match[2].startswith("mask") else [match[2]]:
            lsb, source = field.split(": ", 1) if not field.startswith("mask") else ("0", field)
            fields.append({"lsb": int(lsb), "terms": split_terms(offset, source)})
        registers.append({"offset": offset, "fields": fields})
    return registers


def raw_arrays(section):
    return {match[2]: int(match[1]) for match in
            re.finditer(r"^\| (\d+) \| 0x[0-9a-f]+ \| (\w+) \| (\w+)×(\d+) \|", section, re.M)}


def detail_field(text, k):
    match = re.fullmatch(r"\[(?:\d+:)?(\d+)\+?\]=(~?)(\w+)(?:\[([0-9k+]+)\])?", text)
    if not match:
        fail("can't read field: " + text)
    element = None
    if not match[2]:
        index = match[4] or "0"
        product = re.fullmatch(r"(\d+)k(?:\+(\d+))?", index)
        element = int(product[1]) * k + int(product[2] or 0) if product else int(index)
    return {"lsb": int(match[1]), "terms": [("kSet", match[3], element)]}


def detail_registers(section):
    registers = []
    for match in re.finditer(r"^\| (0x[0-9a-f]{4})(?:\.\.(0x[0-9a-f]{4}))? \| (.*) \|$", section, re.M):
        body = match[3]
        if not body.startswith("[") and not body.startswith("k="):
            continue
        first, last = int(match[1], 16), int(match[2] or match[1], 16)
        body = re.sub(r"^k=0\.\.\d+: ", "", body)
        for k, offset in enumerate(range(first, last + 1, 4)):
            fields = [detail_field(field.strip(), k) for field in body.split(", ")]
            registers.append({"offset": offset, "fields": fields})
    return registers


def detail_arrays(section):
    return {match[2]: int(match[1]) for match in
            re.finditer(r"^ *(\d+) +0x[0-9a-f]+ +\d+ x u32 +[gw]* +(\w+)$", section, re.M)}


# ---- one form for both --------------------------------------------------------------------------------


def temporal_registers(registers):
    """The grids' copies, in the order of a refresh; control registers are the block's own code."""
    by_offset = {register["offset"]: register for register in registers}
    for offset, step in TEMPORAL_COPIES.items():
        for copy in range(1, 4):
            at = offset + copy * step
            by_offset[at] = {"offset": at, "fields": [dict(field) for field in by_offset[offset]["fields"]]}
    order = []
    for item in TEMPORAL_ORDER:
        first, last = item if isinstance(item, tuple) else (item, item)
        order += [at for at in range(first, last + 1, 4) if at in by_offset]
    missing = set(by_offset) - set(order) - {0x7808, 0x7814}
    if missing or len(order) != len(set(order)):
        fail("temporal denoise: order and table differ: " + str([hex(at) for at in missing]))
    return [by_offset[at] for at in order]


def finish_fields(registers):
    """Widths: up to the next field. Names of fields and registers."""
    for register in registers:
        fields = register["fields"]
        fields.sort(key=lambda field: field["lsb"])
        for field, following in zip(fields, fields[1:] + [{"lsb": 32}]):
            field["width"] = WIDE_FIELDS.get((register["offset"], field["lsb"]),
                                             following["lsb"] - field["lsb"])
            combine, name, index = field["terms"][0]
            field["name"] = name + ("" if index is None else str(index))
            if len(field["terms"]) > 1:
                field["name"] += "_sum"
            elif combine in ("kLessEighth", "kLevelMask"):
                field["name"] += {"kLessEighth": "_eighth", "kLevelMask": "_mask"}[combine]
    name_registers(registers)


def suffix(index):
    return chr(ord("a") + index) if index < 26 else suffix(index // 26 - 1) + suffix(index % 26)


def name_registers(registers):
    names = {}
    for register in sorted(registers, key=lambda register: register["offset"]):
        names.setdefault(register["fields"][0]["name"], []).append(register)
    for name, same in names.items():
        for index, register in enumerate(same):
            register["name"] = name + (f"_{suffix(index)}" if len(same) > 1 else "")
            seen = {}
            for field in register["fields"]:
                seen[field["name"]] = seen.get(field["name"], -1) + 1
                if seen[field["name"]]:
                    field["name"] += f"_{suffix(seen[field['name']])}"


def read_block(block, text):
    section = text[text.index(block.begin):]
    section = section[:section.index(block.end)]
    if block.document == "raw":
        registers, arrays = raw_registers(section), raw_arrays(section)
    else:
        registers, arrays = detail_registers(section), detail_arrays(section)
    if block.name == "temporal_denoise":
        registers = temporal_registers(registers)
    if not registers or not arrays:
        fail(block.name + ": tables not found")
    finish_fields(registers)
    return registers, arrays


# ---- output -------------------------------------------------------------------------------------------


def header(block, registers, note, extra):
    """`extra`: hand-written registers of the unit, as (offset, C++ row) pairs."""
    out = [note, f"// {block.name}.hpp - registers of {block.title},\n// named after their first field.\n",
           "#pragma once\n\n", '#include "driver/regs/reg.hpp"\n\n', f"namespace t31::reg::{block.name} {{\n\n"]
    rows = list(extra)
    if block.latch:
        out += ["// Writing 1 after a group makes it take effect.\n",
                f'inline constexpr Register kLatch{{0x{block.latch:04x}, "latch", "1: take over what was '
                'written", Access::kStrobe};\n\n']
        rows.append((block.latch, "    {kLatch},\n"))
    if block.name == "raw_denoise":
        out += ["// White balance writes these two.\n", "inline constexpr u32 kGains = 0x3000;\n",
                "inline constexpr u32 kReciprocals = 0x3004;\n\n"]
    for register in registers:
        fields = ",\n      ".join(f"Field<>{{{f['lsb']}, {f['width']}, \"{f['name']}\"}}"
                                for f in register["fields"])
        rows.append((register["offset"], f"    {{{{0x{register['offset']:04x}, \"{register['name']}\", \"\"}},\n"
                     f"     {{{fields}}}}},\n"))
    out += ["// clang-format off\n", "inline constexpr RegisterInfo kRegisters[] = {\n"]
    out += [row for _, row in sorted(rows)]
    out += ["};\n", "// clang-format on\n\n", f"}}  // namespace t31::reg::{block.name}\n"]
    return "".join(out)


def table(registers, arrays, names, note):
    """`names`: C++ name of each parameter id."""
    out = [note, "// {parameter, WDR parameter, element, follows, combine, register, bit, width}\n"]
    for register in registers:
        for field in register["fields"]:
            for combine, name, index in field["terms"]:
                if name not in arrays:
                    fail("no such array: " + name)
                wide = arrays.get(name + "_wdr", arrays[name])
                follows = ("kFixed" if index is not None else
                           "kGainLate" if register["offset"] in LATE else "kGain")
                out.append(f"{{Parameter::{names[arrays[name]]}, Parameter::{names[wide]}, {index or 0}, "
                           f"Follows::{follows}, Combine::{combine}, 0x{register['offset']:04x}, "
                           f"{field['lsb']}, {field['width']}}},\n")
    return "".join(out)
