# SPDX-License-Identifier: GPL-2.0-or-later
"""The vendor's library, which the user brings, in the guest: our client over it, on the real module."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import tempfile

from vm import guest, program
from vm.common import EXIT_USAGE, ROOT, die, say
from vm.suite import GUEST_TUNING, tuning_file

LIBRARY_VARIABLE, HEADERS_VARIABLE = "T31_LIBIMP", "T31_LIBIMP_HEADERS"
HOW = f"{LIBRARY_VARIABLE} and {HEADERS_VARIABLE} say where the vendor's library and its headers are (docs/libimp.md)"
# Frames before the channels start: the client waits 1.2 s for its settings to arrive.
MOST_SETTLE = 60
# Libraries without it hold only the exposure's lines.
HOLDS_GAIN = "IMP_ISP_Tuning_SetAeAttr"


def client_tools():
    """What tests/libimp/run.py knows about libraries and the client."""
    spec = importlib.util.spec_from_file_location("libimp_run", os.path.join(ROOT, "tests", "libimp", "run.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def add_options(parser):
    group = parser.add_argument_group("the vendor's library", "Runs our client over it, with the words behind --.")
    group.add_argument("--libimp", metavar="DIR", default=os.environ.get(LIBRARY_VARIABLE),
                       help=f"with VERSION/glibc/COMPILER/libimp.so (default: {LIBRARY_VARIABLE})")
    group.add_argument("--headers", metavar="DIR", default=os.environ.get(HEADERS_VARIABLE),
                       help=f"with VERSION/LANGUAGE/imp (default: {HEADERS_VARIABLE})")
    group.add_argument("--version", help="of the library, as 1.1.6")
    group.add_argument("--flavour", choices=("540", "472"), help="of its compiler (default: 540 where it is there)")


class Clients:
    """The client for every library of a folder."""

    def __init__(self, arguments, version=None, flavour=None):
        if not arguments.libimp or not arguments.headers:
            die(f"where is the library? {HOW}", EXIT_USAGE)
        self.tools = client_tools()
        found = self.tools.libraries(arguments.libimp, arguments.headers, [version] if version else None)
        self.libraries = [library for library in found if flavour in (None, library.flavour)]
        if not self.libraries:
            wanted = " ".join(word for word in (version, flavour) if word)
            die(f"no library {wanted or 'at all'} with headers in {arguments.libimp} and {arguments.headers}", EXIT_USAGE)

    def build(self, library, folder):
        return str(self.tools.build(library, pathlib.Path(folder)))

    def newest_and_oldest(self):
        return [self.libraries[-1], self.libraries[0]] if len(self.libraries) > 1 else self.libraries


def prepare(arguments, folder):
    """(script, files) of `t31vm run --version ... -- WORDS`."""
    clients = Clients(arguments, arguments.version, arguments.flavour)
    library = clients.libraries[-1]
    say(f"libimp {library}")
    client = clients.build(library, folder)
    return program.prepare([client, *arguments.words], [str(library.folder)], arguments.sysroot)


def files_for(client, library):
    return [(client, "/t/client"), *program.Libraries([str(library.folder)]).wanted_by(client)]


def same_as_pc(clients, library, build, out, folder):
    """[(what, passed, seconds)]: both channels' frames are those of the PC's t31cam."""
    what = "frames are those of the PC's t31cam"
    if HOLDS_GAIN not in clients.tools.exported(library):
        return [(f"{what}: {library} can't hold the gain", None, 0)]
    wanted = [clients.tools.read_sums(pathlib.Path(out) / f"ch{channel}.sums") for channel in (0, 1)]
    if not all(wanted):
        return [(what, False, 0)]
    words = [build.camera(), "capture", "--scene", "colorchecker", "--tuning", tuning_file() or "neutral",
             *clients.tools.HELD_WORDS, "--channel", "0:1920x1080", "--channel", "1:640x360", "--format", "sums", "--out", folder]

    def capture(settle, frames):
        subprocess.run([*words, "--settle", str(settle), "--frames", str(frames)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        return [clients.tools.read_sums(pathlib.Path(folder) / f"ch{channel}.sums") for channel in (0, 1)]

    def same(got):
        return all(clients.tools.contains(g, w) for g, w in zip(got, wanted))

    # Frames that are the same have the same number, whenever the channels start; but for the first, behind which there
    # is nothing that denoising could remember.
    got = capture(0, len(wanted[0]) + MOST_SETTLE)
    passed = same(got)
    if not passed and wanted[0][1] in got[0][1:]:
        passed = same(capture(got[0].index(wanted[0][1]) - 1, len(wanted[0]) + 3))
    print(f"{'ok    ' if passed else 'FAILED'}           {what}", flush=True)
    return [(what, passed, 0)]


def settings(arguments, clients):
    return "".join(f"{name}='{value}'\n" for name, value in {
        "CLIENT": "" if arguments.exact_time else "-u",
        "FRAMES": arguments.frames,
        "HELD": clients.tools.HELD,
        "KILLS": 20 if arguments.full else 5,
    }.items())


def run(arguments, packages, build, machine):
    """Returns results: (name, passed or None when it was skipped, seconds)."""
    if not arguments.libimp or not arguments.headers:
        return [(f"the vendor's library in the guest. To run it: {HOW}", None, 0)]
    clients = Clients(arguments, arguments.version, arguments.flavour)
    chosen = clients.libraries if arguments.full or arguments.version else clients.newest_and_oldest()
    common = [(path, f"/t/{os.path.basename(path)}") for path in build.module_files() + build.program_files(False)]
    if tuning_file():
        common.append((tuning_file(), GUEST_TUNING))
    with open(os.path.join(guest.GUEST, "libimp.sh"), encoding="utf-8") as stream:
        script = stream.read()
    results = []
    for library in chosen:
        print(f"-- libimp {library}{' on a T31' if arguments.machine == 't31' else ''}", flush=True)
        out = os.path.join(arguments.out, f"libimp-{library.version}-{library.flavour}")
        shutil.rmtree(out, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="t31vm-") as folder:
            files = common + files_for(clients.build(library, folder), library)
            archive = guest.make_initramfs(arguments.work, packages.busybox(), script, files,
                                           {"/t/settings.sh": settings(arguments, clients)})
            options = guest.Options(out=out, timeout=max(arguments.timeout, 600), append=arguments.append, verbose=arguments.verbose,
                                    slow=arguments.slow, exact_time=arguments.exact_time)
            verdict = guest.start(options, build.device(), machine(archive))
            one = [*verdict.tests, ("the virtual machine ends without a complaint", verdict.status == 0, verdict.wall_seconds)]
            one += same_as_pc(clients, library, build, out, folder)
        results += [(f"libimp {library}: {name}", passed, seconds) for name, passed, seconds in one]
    if arguments.machine == "t31":
        results = [(f"T31: {name}", passed, seconds) for name, passed, seconds in results]
    return results
