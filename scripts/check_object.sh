#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fails when the driver core, linked into one relocatable object, holds what a kernel module can't have:
# static constructors, exceptions, run-time support of the compiler, floating point. modpost of old kernels
# only warns about some of it, so this check decides.
set -euo pipefail

usage() {
  cat <<USAGE
usage: check_object.sh [--prefix PREFIX] OBJECT

Checks the driver core's object file. PREFIX is that of the cross binutils (mipsel-linux-gnu-).
Exit status: 0 clean, 1 something forbidden is in it (named on stderr), 2 wrong usage.
USAGE
}

prefix=mipsel-linux-gnu-
object=
while (($#)); do
  case $1 in
    --prefix)
      (($# >= 2)) || { usage >&2; exit 2; }
      prefix=$2; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    -*) echo "check_object.sh: unknown option '$1'" >&2; usage >&2; exit 2 ;;
    *)
      [[ -z $object ]] || { usage >&2; exit 2; }
      object=$1; shift ;;
  esac
done
[[ -n $object ]] || { usage >&2; exit 2; }
[[ -r $object ]] || { echo "check_object.sh: can't read '$object'" >&2; exit 2; }

# Everything the core may ask of its home: the port, the sensor bridge, the C library's memory functions.
allowed='^(t31_port_[a-z0-9_]+|t31_sensor_[a-z0-9_]+|memcpy|memset|memmove|memcmp)$'
forbidden_sections='^\.(init_array|fini_array|preinit_array|ctors|dtors|tdata|tbss|eh_frame|gcc_except_table|sdata|sbss)(\.|$)'

bad=0
complain() {
  echo "$object: $1" >&2
  bad=1
}

# An empty section is harmless: only those with content count.
while read -r name size; do
  [[ $name =~ $forbidden_sections ]] || continue
  ((16#$size == 0)) || complain "section $name: $(case $name in
    .*array* | .ctors* | .dtors*) echo 'a global object with a constructor or destructor; make it constinit' ;;
    .t*) echo 'thread-local storage' ;;
    .eh_frame* | .gcc_except*) echo 'exception tables' ;;
    *) echo 'small data; compile with -G0' ;;
  esac)"
done < <("${prefix}readelf" -SW "$object" | sed -n 's/^ *\[ *[0-9]*\] \([^ ]*\) .* [0-9a-f]\{8\} [0-9a-f]\{6\} \([0-9a-f]\{6\}\) .*/\1 \2/p')

while read -r symbol; do
  [[ $symbol =~ $allowed ]] || complain "undefined symbol $symbol: $(case $symbol in
    __u*div* | __div* | __u*mod* | __mod*) echo '64-bit division' ;;
    *[sd]f[23] | __*[sd]f | __*[sd]f[si23] | __fix* | __float* | __extend* | __trunc*) echo 'floating point' ;;
    __popcount*) echo 'std::popcount' ;;
    __cxa_guard* | _ZGV*) echo 'function-local static with dynamic initialisation' ;;
    __cxa_atexit | __dso_handle) echo 'a global object with a destructor' ;;
    __gxx_personality* | _Unwind* | __cxa_*) echo 'C++ run-time support' ;;
    _Zn* | _Zd*) echo 'operator new or delete' ;;
    *) echo 'not offered by the port' ;;
  esac)"
done < <("${prefix}nm" -u "$object" | awk '{print $NF}')

while read -r symbol; do
  complain "guard variable $symbol: function-local static with dynamic initialisation"
done < <("${prefix}nm" "$object" | awk '{print $NF}' | grep '^_ZGV' || true)

fp_abi=$("${prefix}readelf" -A "$object" | sed -n 's/.*Tag_GNU_MIPS_ABI_FP: *//p;s/^FP ABI: *//p' | sort -u)
if [[ $fp_abi != 'Soft float' ]]; then
  complain "floating-point ABI '${fp_abi//$'\n'/, }' instead of 'Soft float'"
fi

exit $bad
