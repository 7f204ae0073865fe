# SPDX-License-Identifier: GPL-2.0-or-later
"""`t31vm test`: the module's tests in the virtual machine, and the comparison with the PC's camera."""
import os
import shutil
import subprocess
import time
import xml.etree.ElementTree as ElementTree

from vm import guest
from vm.common import ROOT, say

FRAMES = 100
# The same words for the camera in the guest and on the PC. Exposure, gain and white balance are held, the noise is
# seeded by the frame's number: both must take the very same pictures.
CAPTURE = ["capture", "--scene", "colorchecker", "--channel", "0:1920x1080", "--channel", "1:640x360",
           "--exposure", "900", "--gain", "2", "--wb", "1.9,1.5", "--frames", str(FRAMES), "--format", "sums"]
GUEST_TUNING = "/etc/sensor/sc2336-t31.bin"
# On a camera's own kernel. The others are about the driver alone.
T31_BOOTS = ("camera", "cycles")
SHARED = os.environ.get("T31_SHARED", os.path.join(ROOT, "..", "shared"))


def tuning_file():
    """A real one where there is one: it makes more blocks work than the neutral one does."""
    path = os.path.join(SHARED, "data", "tuning", "sc2336.bin")
    return path if os.path.exists(path) else None


def capture_words(tuning, out):
    return [*CAPTURE, "--tuning", tuning or "neutral", "--out", out]


def samples():
    """Pages of real cameras, for the tests that compare labels."""
    folder = os.path.join(SHARED, "data", "proc-samples")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [(os.path.join(folder, name), f"/t/shared/data/proc-samples/{name}") for name in names
            if os.path.isfile(os.path.join(folder, name))]


def on_pc(build, out, first):
    """The same session without a kernel. A guest's clock runs on while the PC computes pictures, the virtual chip's does
    not: the guest's channels may start some frames sooner. So the session that begins with the same frame is looked for."""
    for settle in (1, 2, 0, 3, 4, 5, 6):
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        words = [*capture_words(tuning_file(), out), "--settle", str(settle)]
        look = words[:]
        look[look.index("--frames") + 1] = "1"
        subprocess.run([build.camera(), *look], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if read_sums(os.path.join(out, "ch0.sums")) == first:
            subprocess.run([build.camera(), *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return


def read_sums(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as stream:
        return [line.split() for line in stream]


def compare(out, pc):
    """Tests of the frames' numbers and checksums: (name, passed, seconds)."""
    results = []
    for channel in (0, 1):
        ours = read_sums(os.path.join(out, f"ch{channel}.sums"))
        theirs = read_sums(os.path.join(pc, f"ch{channel}.sums"))
        numbers = [int(words[0]) for words in ours]
        results.append((f"channel {channel}: {FRAMES} frames, numbered without a gap", numbers == list(range(FRAMES)), 0))
        different = [words[0] for words, other in zip(ours, theirs) if words != other]
        same = len(ours) == len(theirs) == FRAMES and not different
        if different:
            say(f"channel {channel}: {len(different)} frames differ, the first is {different[0]}")
        results.append((f"channel {channel}: frames identical to the PC's", same, 0))
    for name, passed, _ in results:
        print(f"{'ok    ' if passed else 'FAILED'}           {name}", flush=True)
    return results


def write_junit(path, results):
    suite = ElementTree.Element("testsuite", name="vm", tests=str(len(results)))
    for name, passed, seconds in results:
        case = ElementTree.SubElement(suite, "testcase", name=name, classname="vm", time=f"{seconds:.1f}",
                                      status={None: "notrun", True: "run", False: "fail"}[passed])
        if passed is None:
            ElementTree.SubElement(case, "skipped", message=name)
        elif not passed:
            ElementTree.SubElement(case, "failure", message="see the log")
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    ElementTree.ElementTree(suite).write(path, encoding="utf-8")


def settings(arguments):
    """What the guest's scripts want to know."""
    tuning = GUEST_TUNING if tuning_file() else None
    return "".join(f"{name}='{value}'\n" for name, value in {
        "CAPTURE": " ".join(capture_words(tuning, "/tmp/frames")),
        "CYCLES": 100 if arguments.full else 20 if arguments.machine == "t31" else 10,
        "KILLS": 50 if arguments.full else 8,
        "FUZZ_SECONDS": 60 if arguments.full else 10,
        "FUZZ_SEED": arguments.seed,
        "FULL": 1 if arguments.full and arguments.machine != "t31" else "",
    }.items())


def wants_programs(arguments):
    """Test programs besides t31cam."""
    return arguments.machine != "t31" or bool(arguments.only)


def boots(arguments):
    """Names of the scripts in qemu/guest/tests, one boot each."""
    names = sorted(os.listdir(os.path.join(guest.GUEST, "tests")))
    if arguments.machine == "t31" and not arguments.only:
        names = [f"{name}.sh" for name in T31_BOOTS]
    chosen = [name.removesuffix(".sh") for name in names if name.endswith(".sh")]
    return [name for name in chosen if not arguments.only or name in arguments.only]


def run(arguments, packages, build, machine):
    """Returns results. `machine(archive)` gives QEMU's arguments."""
    results = []
    files = [(path, f"/t/{os.path.basename(path)}") for path in build.module_files() + build.program_files(wants_programs(arguments))]
    files += samples()
    if tuning_file():
        files.append((tuning_file(), GUEST_TUNING))
    for name in boots(arguments):
        print(f"-- {name}{' on a T31' if arguments.machine == 't31' else ''}", flush=True)
        with open(os.path.join(guest.GUEST, "tests", f"{name}.sh"), encoding="utf-8") as stream:
            script = stream.read()
        out = os.path.join(arguments.out, name)
        shutil.rmtree(out, ignore_errors=True)
        archive = guest.make_initramfs(arguments.work, packages.busybox(), script, files,
                                       {"/t/settings.sh": settings(arguments)})
        options = guest.Options(out=out, timeout=arguments.timeout, append=arguments.append, verbose=arguments.verbose,
                                slow=arguments.slow)
        verdict = guest.start(options, build.device(), machine(archive))
        results += verdict.tests
        results.append((f"{name}: the virtual machine ends without a complaint", verdict.status == 0, verdict.wall_seconds))
        if name == "camera":
            on_pc(build, os.path.join(arguments.out, "pc"), read_sums(os.path.join(out, "ch0.sums"))[:1])
            results += compare(out, os.path.join(arguments.out, "pc"))
    if arguments.machine == "t31":
        results = [(f"T31: {name}", passed, seconds) for name, passed, seconds in results]
    return results


def report(arguments, results, start):
    """Returns an exit status. `results`: (name, passed or None when it was skipped, seconds)."""
    if arguments.junit:
        write_junit(arguments.junit, results)
    skipped = [name for name, passed, _ in results if passed is None]
    bad = [name for name, passed, _ in results if passed is not None and not passed]
    say(f"{len(results) - len(bad) - len(skipped)} passed, {len(bad)} failed, {len(skipped)} skipped "
        f"in {time.monotonic() - start:.0f} s")
    for name in skipped:
        say(f"skipped: {name}")
    for name in bad:
        say(f"failed: {name}")
    return 1 if bad else 0
