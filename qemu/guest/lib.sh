# SPDX-License-Identifier: GPL-2.0-or-later
# For scripts in the virtual machine. Sourced, not run. Lines that begin with @@ are for t31vm.

BAD='BUG|WARNING|Oops|Call Trace|Unhandled|scheduling while atomic|possible (recursive|circular)|kmem_cache_destroy'
BAD="$BAD|inconsistent lock|DMA-API: .*(leak|not|error)|hung task|Voluntary context switch"

# True when the kernel has not complained since the last look.
complaints() {
  dmesg -c >/tmp/dmesg
  grep -qE "$BAD" /tmp/dmesg || return 0
  echo "the kernel complained:"
  grep -E -B2 -A25 "$BAD" /tmp/dmesg | head -120
  return 1
}

# What a camera's platform code supplies. A machine that is a whole T31 has it.
load_board() {
  [ -d /sys/module/t31_board ] || [ ! -f t31-board.ko ] || insmod t31-board.ko
}

# Kernels of cameras have no devtmpfs.
make_nodes() {
  grep -q ' /dev devtmpfs' /proc/mounts || mdev -s
}

load() {
  load_board || return 1
  insmod tx-isp-t31.ko "$@" || return 1
  insmod "sensor_${SENSOR:-sc2336}_t31.ko" || return 1
  make_nodes
}

unload() {
  rmmod "sensor_${SENSOR:-sc2336}_t31" && rmmod tx_isp_t31 || return 1
  grep -q ' /dev devtmpfs' /proc/mounts || rm -f /dev/tx-isp /dev/isp-* /dev/framechan*
}

# check "what must hold" COMMAND...: one test, a quiet kernel included.
failed=0
check() {
  what=$1
  shift
  start=$(cut -d' ' -f1 /proc/uptime)
  if "$@" >/tmp/log 2>&1 && complaints >>/tmp/log; then
    verdict=PASS
  else
    verdict=FAIL
    failed=1
    complaints >>/tmp/log
    tail -60 /tmp/log
    tail -15 /tmp/dmesg
  fi
  echo "@@$verdict $(cut -d' ' -f1 /proc/uptime) $start $what"
}

# Mappings that exist, in a kernel that counts them (DMA-API debug).
dma_mappings() {
  [ -d /sys/kernel/debug/dma-api ] || return 0
  echo $(($(cat /sys/kernel/debug/dma-api/nr_total_entries) - $(cat /sys/kernel/debug/dma-api/num_free_entries)))
}

# A text file for the host.
hand_out() {
  for file; do
    echo "@@FILE ${file##*/}"
    cat "$file"
    echo "@@END"
  done
}
