#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: check_headers.sh SOURCE_DIR CC [MIPS_CC]
#
# Each header of include/sensor compiles as the first one of a file, after and before any other, in the
# dialects that kernels use. With a compiler for the camera the struct layouts are checked too (they are
# asserted in tx-isp-layout.h), and that the check itself fails when a struct is changed.
# Exit status: 0 good, 1 not, 77 no compiler for the camera.
set -u
source_dir=$1
cc=$2
mips_cc=${3:-}
headers=$source_dir/include/sensor
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

# compile COMPILER DIALECT FILE HEADER_DIR
compile() {
  "$1" "-std=$2" -Wall -Wextra -Werror -fsyntax-only -DMODULE -I"$4" \
    -I"$source_dir/host/kernel/include" "$3"
}

expect_good() {
  compile "$@" || { echo "$3 with $1 $2: does not compile" >&2; failures=$((failures + 1)); }
}

names="tx-isp-common.h sensor-common.h sensor-info.h tx-isp-debug.h txx-funcs.h t31-common.h"
for first in $names; do
  for second in $names; do
    file=$work/$first.$second.c
    {
      echo "#include <$first>"
      echo "#include <$second>"
    } >"$file"
    expect_good "$cc" gnu99 "$file" "$headers"
    [ "$first" = "$second" ] && expect_good "$cc" gnu89 "$file" "$headers"
  done
done

if [ -z "$mips_cc" ] || [ "$mips_cc" = T31_MIPS_CC-NOTFOUND ]; then
  [ "$failures" = 0 ] && exit 77
  exit 1
fi

echo '#include <t31-common.h>' >"$work/layout.c"
for dialect in gnu89 gnu99 gnu11; do
  expect_good "$mips_cc" "$dialect" "$work/layout.c" "$headers"
done

# A word more in the attributes must be noticed.
mkdir "$work/changed"
cp "$headers"/*.h "$work/changed"
sed -i 's/^ *const char\* name;/&\n  int surplus;/' "$work/changed/tx-isp-sensor.h"
if compile "$mips_cc" gnu99 "$work/layout.c" "$work/changed" 2>"$work/log"; then
  echo "a changed layout went unnoticed" >&2
  failures=$((failures + 1))
elif ! grep -q 'static assertion' "$work/log"; then
  echo "a changed layout failed for another reason:" >&2
  cat "$work/log" >&2
  failures=$((failures + 1))
fi
[ "$failures" = 0 ]
