#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Proves the source tree: installs what is missing, checks, builds, tests, sanitizers, camera build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/lib.sh

usage() {
  cat <<USAGE
usage: ./test.sh [--quick | --full]

Takes a fresh Debian 12 machine (as root) or a developer's one from clone to result:

  setup       installs missing packages (scripts/setup.sh)
  checks      formatting, include arrows, licence lines, forbidden words
  dev         build with warnings as errors, all tests
  asan        the same tests under the address and undefined-behaviour sanitizers, but for those that
              measure the quality of pictures (the code under them is in the others too) and those that
              compare the vector kernels on every processor and with several threads (not instrumented)
  tsan        the tests with free-running threads under the thread sanitizer
  mips        the driver core cross-compiled for the camera, its object file checked
  vm          the kernel module in Debian's MIPS kernel in QEMU (docs/t31vm.md); its packages are fetched from the
              Debian mirror once, and where they can't be the stage is skipped and says so
  clang-tidy  static analysis of the driver core

  --quick     only setup, checks and dev
  --full      also the fuzzers over their corpus, and some seconds further; the virtual machine's tests at length,
              again in a kernel that checks locks, memory and DMA (built once), and what a frame costs in instructions
  --help      this text

Builds go to build/. Tests that need recorded data look for it in \$T31_SHARED, else in ../shared, and are
skipped without it. The last line counts tests and stages: "N passed, N failed, N skipped".
Exit status: 0 all passed, 1 something failed, 2 wrong usage.
USAGE
}

quick=
full=
case "${1-}" in
  '') ;;
  --quick) quick=1 ;;
  --full) full=1 ;;
  -h | --help) usage; exit 0 ;;
  *) echo "test.sh: unknown option '$1'" >&2; usage >&2; exit 2 ;;
esac

jobs=$(nproc)
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CTEST_OUTPUT_ON_FAILURE=1
results=build/results
measurements='OfTuningFile|RealDefects|WdrPicture|DefogPicture|ToneMappingPicture|VarianceFollows|Sc2336Colour|OnEveryInstructionSet|OnSeveralThreads'
rm -rf "$results"
mkdir -p "$results"

build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || { cat "build/$preset.configure.log"; return 1; }
  cmake --build --preset "$preset" --parallel "$jobs" "$@"
}

run_tests() {
  local preset=$1
  shift
  ctest --test-dir "build/$preset" --parallel 2 --timeout 300 --no-tests=error \
    --output-junit "$PWD/$results/$preset.xml" "$@" | grep -vE '^ +Start +[0-9]+:'
}

run_fuzzers() {
  local target
  for target in tuning controls; do
    # New finds go to a folder of their own.
    mkdir -p "build/fuzz/found/$target"
    "build/fuzz/fuzz/t31_fuzz_$target" "build/fuzz/found/$target" "fuzz/corpus/$target" \
      -max_total_time=20 -timeout=60 -verbosity=0 -print_final_stats=1
  done
}

# Reports itself skipped when the packages can't be had: a machine without a network is no fault of the driver's.
virtual_machine() {
  local status=0
  timeout 600 qemu/t31vm fetch || status=$?
  if ((status == 3)); then
    echo "skipped: the virtual machine's packages can't be fetched from the Debian mirror (see above)"
    echo '<testsuite><testcase name="virtual machine" status="notrun"/></testsuite>' >"$results/vm.xml"
    return 0
  fi
  ((status == 0)) || return $status
  timeout 3000 qemu/t31vm test --preset dev --junit "$results/vm.xml" ${full:+--full --timeout 1200}
}

# What a frame costs; then everything in a kernel that checks locks, memory and DMA (built once, some minutes).
virtual_machine_at_length() {
  local status=0
  timeout 600 qemu/t31vm bench --preset dev --short --junit "$results/vm-bench.xml" || status=1
  timeout 12000 qemu/t31vm test --preset dev --debug-kernel --full --timeout 3000 --junit "$results/vm-debug.xml" || status=1
  return $status
}

clang_tidy_driver() {
  # The analysis is bounded in time, so that a slow machine still gets an answer for all the rest.
  timeout 600 python3 scripts/run_clang_tidy.py build/dev driver
}

finish() {
  print_summary
  echo
  python3 scripts/count_results.py --failed-stages "$failed_stages" "$results"
}

stage "setup" scripts/setup.sh
if ((stage_status != 0)); then finish; exit 1; fi
stage "check: formatting" scripts/check_format.sh
stage "check: include arrows" scripts/check_includes.py
stage "check: licences, words, paths" scripts/check_sources.py

stage "dev: build, warnings are errors" build dev
if ((stage_status == 0)); then stage "dev: all tests" run_tests dev; fi
if [[ -z $quick ]]; then
  stage "asan: build" build asan
  if ((stage_status == 0)); then stage "asan: tests" run_tests asan -E "$measurements"; fi
  stage "tsan: build" build tsan --target t31_thread_tests
  if ((stage_status == 0)); then stage "tsan: tests with free threads" run_tests tsan -R 'Free|Threads'; fi
  stage "mips: build and object checks" build mips
  # The virtual machine keeps little more than one processor busy.
  stages_beside "clang-tidy: driver" clang_tidy_driver -- \
    "vm: kernel module in a real kernel" virtual_machine
fi
if [[ -n $full ]]; then
  stage "vm: instructions a frame; debug kernel" virtual_machine_at_length
  stage "fuzz: build" build fuzz --target t31_fuzz_tuning t31_fuzz_controls
  if ((stage_status == 0)); then stage "fuzz: corpus and further" run_fuzzers; fi
fi

finish
