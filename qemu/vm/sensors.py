# SPDX-License-Identifier: GPL-2.0-or-later
"""`t31vm sensors`: sensor modules that the user brings, prebuilt or built from an SDK, on our driver's module."""
import csv
import json
import os
import re
import shlex
import shutil

from vm import guest
from vm.common import EXIT_USAGE, ROOT, die
from vm.suite import SHARED

CHIPS = os.path.join(ROOT, "model", "sensor", "chips")
SCRIPT = """. ./lib.sh
load_driver() {
  load_board && insmod tx-isp-t31.ko isp_clk=200000000 && make_nodes  # as cameras with large sensors
}
# MODULE PARAMETERS NAME ADDRESS REGISTER DESCRIPTION
one() {
  { echo /; ls -R /proc/jz/sensor 2>/dev/null; } >/tmp/files  # never empty: what grep makes of that differs
  # shellcheck disable=SC2086
  insmod "$1.ko" $2 || return 1
  ! rmmod tx_isp_t31 2>/dev/null || { echo "the driver went under a sensor module"; return 1; }
  ./t31_sensor_check "$1" "$3" "$4" "$5" "$6"
  result=$?
  rmmod "$1" && return $result
}
# Whoever reads a file of a module that is gone crashes the kernel; loaded again, the module makes it a second time.
no_files() {
  ls -R /proc/jz/sensor 2>/dev/null | grep -v -e '^$' -e '/sensor:$' | grep -vxFf /tmp/files || return 0
  echo "these files of $1 in /proc/jz/sensor outlive it: a fault of that module, not of tx-isp-t31"
  return 1
}
together() {
  for module; do insmod "$module.ko" || return 1; done
  ! rmmod tx_isp_t31 2>/dev/null || return 1
  for module; do rmmod "$module" || return 1; done
}
check "the driver loads" load_driver
"""


def add_options(parser):
    parser.add_argument("modules", nargs="+", metavar="FILE.ko[,port][,NAME=VALUE...]",
                        help="sensor_NAME_t31.ko for the kernel that runs, on the parallel port, with parameters")
    parser.add_argument("--junit", help="write results there, as JUnit XML")


def first(registers):
    return re.match(r"\s*(0x[0-9a-fA-F]+)", registers[-1]).group(1)


def modelled(name):
    """A chip whose registers the virtual camera knows: exposure and gain show."""
    with open(os.path.join(CHIPS, f"{name}.json"), encoding="utf-8") as stream:
        chip = json.load(stream)
    description = {"sensor": name, "noise": False, "shading": False, "scene": {"type": "flat", "level": 0.1}}
    return "T31_ACTS=1 ", chip["address"], first(chip["exposure"]["field"]), description


def from_table(name):
    """A chip that only answers with its identity, by the table of sensors; None: not in it."""
    path = os.path.join(SHARED, "spec", "sensors.csv")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as stream:
        row = next((row for row in csv.DictReader(stream) if row["name"] == name), None)
    if row is None:
        return None
    identity = dict(pair.split("=") for pair in row["id_read_regs"].split() if "=" in pair)
    order = re.match(r"S([RGB]{4})", row["mbus_default"])
    width, height, clocks = int(row["width_default"]), int(row["height_default"]), 1000
    lines = max(int(row["total_height"]), height + 4)
    rate = int(row["fps_default"].split("/")[0]) // int(row["fps_default"].split("/")[1])
    chip = {"name": name, "address": row["i2c_addr"], "address_bits": int(row["init_reg_addr_bits"]), "data_bits": 16,
            "defaults": identity,
            "timing": {"clock": clocks * lines * max(rate, 1), "shortest_line": clocks, "shortest_frame": lines},
            "picture": {"width": width, "height": height, "order": order.group(1).lower() if order else "bggr",
                        "bits": int(row["raw_bits"] or 10)}}
    if row["mipi_lanes"]:
        chip["picture"].update(lanes=int(row["mipi_lanes"]), mbps=int(row["mipi_clk_mbps"]))
    return "", row["i2c_addr"], "0x10", {"chip": chip, "noise": False, "scene": {"type": "flat"}}


def words(argument):
    """(file, module, the words of one session) of a command line's argument."""
    path, *parameters = argument.split(",")
    found = re.fullmatch(r"sensor_(\w+)_t31\.ko", os.path.basename(path))
    if not os.path.isfile(path) or found is None:
        die(f"{path}: a sensor module is called sensor_NAME_t31.ko", EXIT_USAGE)
    name = found.group(1).lower()
    chip = modelled(name) if os.path.exists(os.path.join(CHIPS, f"{name}.json")) else from_table(name)
    if chip is None:
        return path, found.group(0)[:-3], None
    acts, address, register, description = chip
    if "port" in parameters:
        parameters.remove("port")
        description["port"] = {}
    module = found.group(0)[:-3]
    return path, module, acts + shlex.join(["one", module, " ".join(parameters), name, address, register,
                                            json.dumps(description)])


def run(arguments, packages, build, machine):
    """Returns results as suite.run."""
    sensors = [words(argument) for argument in arguments.modules]
    if len({module for _, module, _ in sensors}) != len(sensors):
        die("two modules of one name", EXIT_USAGE)
    script, results = SCRIPT, []
    for _, module, session in sensors:
        if session is None:
            results.append((f"{module}: a chip that nobody has described", None, 0))
        else:
            acts = session.startswith("T31_ACTS")
            what = "found, streams, " + ("exposes, " if acts else "") + "keeps a register, stays while in use, goes"
            script += f"export {session.split(' ', 1)[0]}\n" if acts else "unset T31_ACTS\n"
            script += f"check {shlex.quote(f'{module}: {what}')} {session.split(' ', 1)[1] if acts else session}\n"
            script += f"check {shlex.quote(f'{module}: leaves no files')} no_files {module}\n"
    script += shlex.join(["check", "all modules loaded at once, and removed in the order of loading", "together",
                          *(module for _, module, _ in sensors)])
    script += '\ncheck "the driver goes" rmmod tx_isp_t31\nexit $failed\n'
    files = build.module_files() + build.program_files(False) + build.sensor_check()
    files = [path for path in files if not os.path.basename(path).startswith("sensor_")]
    files += [path for path, _, _ in sensors]
    out = os.path.join(arguments.out, "sensors")
    shutil.rmtree(out, ignore_errors=True)
    archive = guest.make_initramfs(arguments.work, packages.busybox(), script,
                                   [(path, f"/t/{os.path.basename(path)}") for path in files], {})
    options = guest.Options(out=out, timeout=arguments.timeout, append=arguments.append, verbose=arguments.verbose,
                            slow=arguments.slow)
    verdict = guest.start(options, build.device(), machine(archive))
    return results + verdict.tests + [("the virtual machine ends without a complaint", verdict.status == 0,
                                       verdict.wall_seconds)]
