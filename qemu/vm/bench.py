# SPDX-License-Identifier: GPL-2.0-or-later
"""`t31vm bench`: what a frame costs in the guest, in executed instructions, and the memory that the driver holds."""
import os
import re
import shutil

from vm import guest
from vm.common import say
from vm.suite import GUEST_TUNING, tuning_file, write_junit

FRAMES = 100
# What, unit, figure of bench.cpp or heap(), limit, the vendor's driver.
LIMITS = [
    ("a frame, everything included", "instructions", "total", 400_000, 847_800),
    ("longest hard interrupt", "instructions", "longest", 10_000, 68_700),
    ("QBUF and DQBUF in the module", "instructions", "pair_code_median", 1_700, 1_723),
    ("kernel memory held while streaming", "bytes", "heap", 396_000, 396_136),
]
SHOWN = [
    ("  of it in hard interrupts", "lines"),
    ("  of it in the driver's threads", "others"),
    ("  of it in the client, its system calls included", "client"),
    ("  of it in the module's code, whoever calls it", "code"),
]

COUNT_SCRIPT = """. ./lib.sh
insmod t31-board.ko count=1 && load print_level=2 || exit 1
for channels in 1 2; do
  ./t31_bench {frames} $channels {tuning} >/tmp/bench$channels.txt || {{ cat /tmp/bench$channels.txt; exit 1; }}
done
unload || exit 1
hand_out /tmp/bench1.txt /tmp/bench2.txt
"""

# Slab memory by caller (slub_debug=U), memory from vmalloc by caller, DMA memory by probes on the driver's two functions.
HEAP_SCRIPT = """. ./lib.sh
insmod t31-board.ko || exit 1
cd /sys/kernel/debug/tracing
echo 'p:dma_alloc tx_isp_t31:t31_port_dma_alloc bytes=%r4:u32' >kprobe_events
echo 'p:dma_free tx_isp_t31:t31_port_dma_free bytes=%r5:u32' >>kprobe_events
cd /t
load print_level=2 || exit 1
echo 1 >/sys/kernel/debug/tracing/events/kprobes/enable || exit 1
./t31_bench 0 2 {tuning} >/tmp/log &
client=$!
sleep 4
grep -q streaming /tmp/log || exit 1
for cache in /sys/kernel/debug/slab/*; do
  grep -F '[tx_isp_t31]' "$cache/alloc_traces" | sed "s|^|$(cat /sys/kernel/slab/${{cache##*/}}/object_size) |"
done >/tmp/slab.txt
grep -F '[tx_isp_t31]' /proc/vmallocinfo >/tmp/vmalloc.txt
grep -F dma_ /sys/kernel/debug/tracing/trace >/tmp/dma.txt
kill $client
wait $client
echo 0 >/sys/kernel/debug/tracing/events/kprobes/enable
echo >/sys/kernel/debug/tracing/kprobe_events
hand_out /tmp/slab.txt /tmp/vmalloc.txt /tmp/dma.txt
unload
"""


def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def pages(size):
    """Bytes that the page allocator hands out for that many."""
    return -(-size // 4096) * 4096


def heap(out):
    """Bytes by kind."""
    slab = sum(int(size) * int(count) for size, count in
               re.findall(r"^(\d+) +(\d+) \S+ \[tx_isp_t31\]", read(f"{out}/slab.txt"), re.M))
    vmalloc = sum(int(count) * 4096 for count in re.findall(r" pages=(\d+)", read(f"{out}/vmalloc.txt")))
    dma = 0
    for kind, size in re.findall(r"dma_(alloc|free): .*bytes=(\d+)", read(f"{out}/dma.txt")):
        dma += pages(int(size)) * (1 if kind == "alloc" else -1)
    return {"slab": slab, "vmalloc": vmalloc, "dma": dma, "heap": slab + vmalloc + dma}


def figures(path):
    return {name: int(number) for name, number in re.findall(r"^(\w+) (\d+)\s*$", read(path), re.M)}


def boot(arguments, packages, build, machine, script, append):
    files = [(path, f"/t/{os.path.basename(path)}") for path in build.module_files() + build.bench_files()]
    if tuning_file():
        files.append((tuning_file(), GUEST_TUNING))
    text = script.format(frames=arguments.frames, tuning=GUEST_TUNING if tuning_file() else "neutral")
    archive = guest.make_initramfs(arguments.work, packages.busybox(), text, files, {})
    out = os.path.join(arguments.out, "bench")
    os.makedirs(out, exist_ok=True)
    options = guest.Options(out=out, timeout=arguments.timeout, verbose=arguments.verbose, slow=arguments.slow)
    return guest.start(options, build.device(), machine(archive, append)).status == 0


def print_table(one, two):
    print(f"{'SC2336, 1920x1080 at 25 fps, all blocks on':<52}{'one channel':>13}{'two':>12}{'limit':>10}{'vendor':>10}")
    for what, unit, name, limit, vendor in LIMITS:
        if name not in one:
            continue
        verdict = "ok" if one[name] <= limit else "ABOVE"
        print(f"{f'{what} ({unit})':<52}{one[name]:>13,}{two.get(name, one[name]):>12,}{limit:>10,}{vendor:>10,}  {verdict}")
        if name == "total":
            for text, part in SHOWN:
                print(f"{text:<52}{one[part]:>13,}{two[part]:>12,}")
    print(f"interrupts a frame: {one['interrupts'] / one['frames']:.1f} and {two['interrupts'] / two['frames']:.1f}\n"
          f"QBUF and DQBUF with system calls, copies and security hooks of Debian's kernel: {one['pair_median']:,}\n"
          f"from the interrupt to DQBUF's return: {one['latency_median']:,} instructions, at most {one['latency_longest']:,}")
    if "heap" in one:
        print(f"memory: {one['slab']:,} slab, {one['vmalloc']:,} vmalloc, {one['dma']:,} DMA; two channels")


def run(arguments, packages, build, machine):
    """Returns an exit status."""
    out = os.path.join(arguments.out, "bench")
    shutil.rmtree(out, ignore_errors=True)

    def counting(archive, append):
        return [*machine(archive, append), "-plugin", build.counter()]

    if not boot(arguments, packages, build, counting, COUNT_SCRIPT, arguments.append):
        say("the counting session failed")
        return 1
    one, two = figures(f"{out}/bench1.txt"), figures(f"{out}/bench2.txt")
    if not arguments.short:
        if not boot(arguments, packages, build, machine, HEAP_SCRIPT, arguments.append + " slub_debug=U"):
            say("the session that looks at memory failed")
            return 1
        one.update(heap(out))
    print_table(one, two)
    results = [(f"bench: {what}", one[name] <= limit, 0) for what, _, name, limit, _ in LIMITS if name in one]
    if arguments.junit:
        write_junit(arguments.junit, results)
    bad = [name for name, passed, _ in results if not passed]
    for name in bad:
        say(f"above its limit: {name}")
    return 1 if bad else 0
