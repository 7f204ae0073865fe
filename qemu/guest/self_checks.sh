# SPDX-License-Identifier: GPL-2.0-or-later
# At the end, in a kernel that checks itself (t31vm --debug-kernel): what it has found. Nothing to do in others.
. ./lib.sh

# An object counts when it is older than five seconds, and in the second look.
no_leaks() {
  sleep 6
  echo scan >/sys/kernel/debug/kmemleak && echo scan >/sys/kernel/debug/kmemleak || return 1
  cat /sys/kernel/debug/kmemleak >/tmp/leaks || return 1
  cat /tmp/leaks
  [ ! -s /tmp/leaks ]
}

no_dma_errors() {
  [ "$(cat /sys/kernel/debug/dma-api/error_count)" = 0 ]
}

# As many as at the beginning; the board module has some of its own.
no_dma_left() {
  [ ! -d /sys/module/t31_board ] || rmmod t31_board || return 1
  echo "DMA mappings: $(cat /tmp/dma_mappings) at the beginning, $(dma_mappings) at the end"
  [ "$(dma_mappings)" = "$(cat /tmp/dma_mappings)" ]
}

# Lock checking ends with its first find.
locks_checked() {
  grep -E '^ *debug_locks: +1$' /proc/lockdep_stats
}

[ -e /sys/kernel/debug/kmemleak ] || exit 0
check "no memory leaked (kmemleak)" no_leaks
check "no wrong use of DMA memory (DMA-API debug)" no_dma_errors
[ -d /sys/module/tx_isp_t31 ] || check "every DMA mapping was removed" no_dma_left
check "locks were checked to the end (lockdep)" locks_checked
exit $failed
