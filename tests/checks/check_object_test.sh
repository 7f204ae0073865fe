#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# check_object_test.sh SOURCE MESSAGE [FLAG]... - compiles SOURCE as the driver core is compiled and expects
# scripts/check_object.sh to refuse it with MESSAGE (a pattern); MESSAGE "clean": to accept it.
# Exit status 77: no cross compiler here.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source_file=$1
message=$2
shift 2

command -v mipsel-linux-gnu-g++ >/dev/null || { echo "no mipsel-linux-gnu-g++"; exit 77; }

object=$(mktemp)
trap 'rm -f "$object" "$object.o"' EXIT
mipsel-linux-gnu-g++ -std=c++20 -O2 -mabi=32 -EL -march=mips32r2 -G0 -mno-abicalls -fno-pic -fno-pie \
  -mlong-calls -msoft-float -Wa,-msoft-float -ffreestanding -fno-exceptions -fno-rtti \
  -fno-threadsafe-statics -fno-use-cxa-atexit -fno-unwind-tables -fno-asynchronous-unwind-tables "$@" -c "$source_file" -o "$object"
mipsel-linux-gnu-ld -EL -m elf32ltsmip -r --force-group-allocation \
  -T "$root/driver/port/mips/core.lds" -o "$object.o" "$object"

status=0
output=$("$root/scripts/check_object.sh" "$object.o" 2>&1) || status=$?
echo "$output"
if [[ $message == clean ]]; then
  [[ $status -eq 0 ]] || { echo "a clean object was refused"; exit 1; }
else
  [[ $status -eq 1 ]] || { echo "exit status $status instead of 1"; exit 1; }
  grep -q "$message" <<<"$output" || { echo "no message about '$message'"; exit 1; }
fi
