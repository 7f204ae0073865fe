#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs our client over the vendor's library, in every version and flavour that a folder holds, on the virtual camera.

The library and its headers are not part of this project: --libimp (or T31_LIBIMP) names a folder with
VERSION/glibc/COMPILER/libimp.so, --headers (or T31_LIBIMP_HEADERS) one with VERSION/LANGUAGE/imp.
Exit status: 0 all as documented, 1 something isn't, 2 wrong usage, 77 nothing to run with.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CLIENT = HERE / "client"
COMPILER = "mipsel-linux-gnu-gcc"
NAMES = "mipsel-linux-gnu-nm"
FLAVOURS = {"5.4.0": "540", "4.7.2": "472"}
SKIPPED = 77
HELD = "900,2048,486,384"  # lines, gain, red, blue; as t31cam's words below
SESSIONS = {
    "stream": "open, two channels, 20 frames each, close",
    "controls": "every control",
    "changes": "frame rate, night, flips, snapshot, restarts",
    "die": "killed while frames flow",
    "setup": "two exposures, path, sensor registers, pins, loss of video",
    "hooks": "exposure and white balance of the program's own",
    "sources": "frame sources: states, queues, delays, pools, sizes",
    "regions": "crops, masks, zoom, pixel by pixel",
    "prudynt": "as prudynt does",
    "raptor": "as raptor does",
}
STILL = ("regions",)  # compare pictures: no noise, no temporal denoise of a tuning file
HELD_WORDS = ["--exposure", "900", "--gain", "2", "--wb", "1.8984375,1.5"]
# What the library does by itself, from threads of its own.
BACKGROUND = {"8000027", "8000030", "980901", "400456bf", "c044560f", "c0445611"}
# Controls of isp-m0, commands of tx-isp. The library's thread also has a gain where an identifier should be.
CONTROL = re.compile(r"(98|9a)[0-9a-f]{4}|8000[01][0-9a-f]{2}|[48c]0[0-9a-f]{2}56[0-9a-f]{2}")
# Functions of the headers that the client doesn't call, and why.
UNCALLED = {
    "IMP_ISP_Tuning_EnableMovestate": "divides by zero in the library without /etc/sensor/NAMEmove.txt",
}


class Library:
    def __init__(self, version, flavour, folder=None, headers=None):
        self.folder = folder
        self.version = version
        self.flavour = flavour
        self.headers = headers

    def __str__(self):
        return f"{self.version} {self.flavour}"


def libraries(libimp, headers_folder, only=None):
    """Of both folders; only those versions, where some are named. qemu/vm/libimp.py uses it, too."""
    found = []
    for folder in sorted(pathlib.Path(libimp).glob("*/glibc/*")):
        headers = sorted((pathlib.Path(headers_folder) / folder.parent.parent.name).glob("*/imp"))
        if folder.name in FLAVOURS and (folder / "libimp.so").exists() and headers:
            found.append(Library(folder.parent.parent.name, FLAVOURS[folder.name], folder, headers[0].parent))
    return [library for library in found if not only or library.version in only]


def build(library, out):
    program = out / f"client-{library.version}-{library.flavour}"
    subprocess.run([COMPILER, "-O1", "-w", f"-I{library.headers}", f"-I{CLIENT}", *map(str, sorted(CLIENT.glob("*.c"))),
                    "-o", str(program), f"-L{library.folder}", "-Wl,--no-as-needed,--allow-shlib-undefined", "-limp", "-lalog",
                    "-lsysutils", "-lm", "-lrt", "-lpthread", "-ldl"], check=True)
    return program


def run(arguments, library, program, mode, words=(), camera=(), tuned=True):
    """The client's and the camera's words, and the exit status."""
    command = [arguments.t31d, "run", "--verbose", *camera, "--library", str(library.folder)]
    if arguments.tuning and tuned:
        command += ["--tuning", arguments.tuning]
    try:
        ended = subprocess.run([*command, "--", str(program), *words, mode], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=arguments.timeout, check=False)
        return ended.returncode, ended.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as error:
        return 124, (error.stdout or b"").decode(errors="replace") + "\nFAILED: took too long\n"


def parse_controls(text):
    """{function: ({control numbers}, [results that are wrong])}, in the order of the calls."""
    table = {}
    name, seen = None, set()
    for line in text.splitlines():
        if match := re.match(r"api (\S+)", line):
            name, seen = match.group(1), set()
        elif name and (match := re.match(r"t31d: ioctl \d+ (\w{8})((?: \w+)*) ->", line)):
            words = match.group(2).split()
            if match.group(1) in ("c008561b", "c008561c"):
                control = words[0]
            elif match.group(1) == "c00c56c6":
                control = words[1]
            else:
                # Versions 1.1.1 and 1.1.2 have an address where the command should be.
                known = match.group(1)[4:6] == "56" or len(words) < 2
                control = match.group(1) if known else words[1]
            if not CONTROL.fullmatch(control):
                continue
            if control not in BACKGROUND or f"{int(control, 16):x}" in OWN.get(name, ()):
                seen.add(control)
        elif name and (match := re.match(r"result (\S+) (.*): (-?\d+)( WRONG)?$", line)):
            controls, wrong = table.setdefault(match.group(1), (set(), []))
            controls |= seen
            if match.group(4):
                wrong.append(f"{match.group(2).strip() or 'call'}: {match.group(3)}")
        elif match := re.match(r"FAILED (\S+) (after .*|writes .*)", line):
            table.setdefault(match.group(1), (set(), []))[1].append(match.group(2))
    return table


# Functions whose own control is one of the background's.
OWN = {"IMP_ISP_Tuning_GetTotalGain": {"8000027"}, "IMP_ISP_Tuning_GetAeZone": {"8000030"},
       "IMP_ISP_Tuning_SetContrast": {"980901"}}


def declared(library):
    """The functions that the version's headers declare."""
    names = set()
    for header in ("imp_isp.h", "imp_framesource.h"):
        text = re.sub(r"/\*.*?\*/", "", (library.headers / "imp" / header).read_text(errors="replace"), flags=re.S)
        names |= set(re.findall(r"\b(IMP_(?:ISP|FrameSource)_\w+)\s*\(", text))
    return names


def exported(library):
    lines = subprocess.run([NAMES, "-D", "--defined-only", str(library.folder / "libimp.so")], stdout=subprocess.PIPE,
                           check=True).stdout.decode().splitlines()
    return {line.split()[-1] for line in lines}


def uncovered(library, table):
    """Functions that a program of this version can call, the client doesn't, and nobody says why."""
    return sorted((declared(library) & exported(library)) - set(table) - set(UNCALLED))


def check_sessions(arguments, library, program):
    """[(what, passed)] of everything but single controls, and the table of those."""
    results = []

    def judge(mode, wanted, what, words, camera, tuned):
        status, text = run(arguments, library, program, mode, words, camera, tuned)
        results.append((what, status == wanted))
        if status != wanted:
            print(f"{library} {mode}: exit status {status}, wanted {wanted}")
            print("\n".join(line for line in text.splitlines() if re.search("FAILED|WRONG|qemu:|t31d: the|tx-isp:", line)))
        return text

    table = {}
    for mode, what in SESSIONS.items():
        still = mode in STILL
        text = judge(mode, wanted=137 if mode == "die" else 0, what=what, words=["-f", "20", *(["-e", HELD] if still else [])],
                     camera=["--no-noise"] if still else [], tuned=not still)
        for name, (controls, wrong) in parse_controls(text).items():
            row = table.setdefault(name, (set(), []))
            row[0].update(controls)
            row[1].extend(wrong)
    missing = uncovered(library, table)
    if missing:
        print(f"{library}: not called: {' '.join(missing)}")
    results.append(("every function of the headers called", not missing))
    return results, table


def read_sums(path):
    if not path.exists():
        return []
    return [line.split()[1] for line in path.read_text().splitlines()]


def same_frames(arguments, library, program, folder):
    """True when both channels' frames are those of t31cam. The start of the session takes the library some time, which
    t31cam is given in frames (--settle)."""
    theirs = folder / "libimp"
    theirs.mkdir()
    status, text = run(arguments, library, program, "stream", ["-f", "100", "-o", str(theirs), "-e", HELD],
                       ["--patient", "--slow", "4"])
    if status != 0:
        print(text)
        return False
    wanted = [read_sums(theirs / f"ch{channel}.sums") for channel in (0, 1)]
    for settle in range(0, 3):
        ours = folder / f"t31cam{settle}"
        ours.mkdir()
        tuning = ["--tuning", arguments.tuning] if arguments.tuning else []
        subprocess.run([arguments.t31cam, "capture", *tuning, *HELD_WORDS, "--channel", "0:1920x1080", "--channel", "1:640x360",
                        "--frames", "102", "--settle", str(settle), "--format", "sums", "--out", str(ours)],
                       check=True, stdout=subprocess.DEVNULL)
        got = [read_sums(ours / f"ch{channel}.sums") for channel in (0, 1)]
        if all(contains(g, w) for g, w in zip(got, wanted)):
            return True
    return False


def contains(longer, frames):
    """True when `frames` stand in `longer` one after the other."""
    return bool(frames) and any(longer[at:at + len(frames)] == frames for at in range(len(longer) - len(frames) + 1))


def keep(path, runs):
    """What was found out, for a table that is made of several runs."""
    path.write_text(json.dumps([[library.version, library.flavour, results,
                                 {name: [sorted(controls), wrong] for name, (controls, wrong) in table.items()}]
                                for library, results, table in runs]))


def kept(path):
    return [(Library(version, flavour), results, {name: (set(controls), wrong) for name, (controls, wrong) in table.items()})
            for version, flavour, results, table in json.loads(path.read_text())]


def write_table(path, runs):
    """docs/libimp.md's generated part."""
    names = []
    for _, _, table in runs:
        names += [name for name in table if name not in names]
    versions = list(dict.fromkeys(library.version for library, _, _ in runs))
    lines = ["| function | control | " + " | ".join(versions) + " |", "| --- | --- |" + " --- |" * len(versions)]
    for name in names:
        controls = sorted({c for _, _, table in runs if name in table for c in table[name][0]})
        cells = []
        for version in versions:
            cell = {}
            for library, _, table in runs:
                if library.version == version:
                    cell[library.flavour] = ("; ".join(table[name][1]) or "ok") if name in table else "–"
            texts = set(cell.values())
            cells.append(texts.pop() if len(texts) == 1 else "; ".join(f"{f}: {t}" for f, t in cell.items()))
        lines.append(f"| {name} | {' '.join('0x' + c for c in controls) or 'none'} | " + " | ".join(cells) + " |")
    lines += ["", "| session | " + " | ".join(str(library) for library, _, _ in runs) + " |",
              "| --- |" + " --- |" * len(runs)]
    for index, (what, _) in enumerate(runs[0][1]):
        lines.append(f"| {what} | " + " | ".join("ok" if results[index][1] else "failed" for _, results, _ in runs) + " |")
    text = path.read_text() if path.exists() else ""
    begin, end = "<!-- generated by tests/libimp/run.py -->\n", "<!-- end -->\n"
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    path.write_text(head + begin + "\n".join(lines) + "\n" + end + tail)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--t31d", default="t31d")
    parser.add_argument("--t31cam", help="compare frames with this program's")
    parser.add_argument("--libimp", default=os.environ.get("T31_LIBIMP"))
    parser.add_argument("--headers", default=os.environ.get("T31_LIBIMP_HEADERS"))
    parser.add_argument("--only", action="append", help="this version; may be repeated")
    parser.add_argument("--tuning", help="tuning file of the SC2336")
    parser.add_argument("--table", type=pathlib.Path, help="write the table into this file")
    parser.add_argument("--keep", type=pathlib.Path, help="write the results into this file")
    parser.add_argument("--kept", type=pathlib.Path, action="append", default=[],
                        help="don't run: make the table of the results in this file; may be repeated")
    parser.add_argument("--timeout", type=float, default=300)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    if arguments.kept:
        runs = sorted((run for path in arguments.kept for run in kept(path)), key=lambda run: str(run[0]))
        write_table(arguments.table, runs)
        return 0 if all(good for _, results, _ in runs for _, good in results) else 1
    if not arguments.libimp or not arguments.headers:
        print("skipped: T31_LIBIMP and T31_LIBIMP_HEADERS don't say where libimp is")
        return SKIPPED
    missing = [tool for tool in (COMPILER, NAMES, "qemu-mipsel") if shutil.which(tool) is None]
    if missing:
        print(f"skipped: {' and '.join(missing)} not installed")
        return SKIPPED
    runs = []
    with tempfile.TemporaryDirectory(prefix="t31-libimp-") as name:
        folder = pathlib.Path(name)
        for library in libraries(arguments.libimp, arguments.headers, arguments.only):
            program = build(library, folder)
            results, table = check_sessions(arguments, library, program)
            if arguments.t31cam:
                frames = folder / f"frames-{library.version}-{library.flavour}"
                frames.mkdir()
                results.append(("frames are t31cam's", same_frames(arguments, library, program, frames)))
            runs.append((library, results, table))
            wrong = sum(1 for _, bad in table.values() if bad)
            print(f"{library}: {len(table)} functions, {wrong} wrong; "
                  + ", ".join(f"{what} {'ok' if good else 'FAILED'}" for what, good in results), flush=True)
    if not runs:
        print("skipped: no version of libimp with headers there")
        return SKIPPED
    if arguments.table:
        write_table(arguments.table, runs)
    if arguments.keep:
        keep(arguments.keep, runs)
    return 0 if all(good for _, results, _ in runs for _, good in results) else 1


if __name__ == "__main__":
    sys.exit(main())
