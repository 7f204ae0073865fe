# SPDX-License-Identifier: GPL-2.0-or-later
# Load, use, unload, again and again; clients that are killed; two at once; calls of the kernel that fail.
. ./lib.sh
. ./settings.sh

SMALL="--channel 0:640x360 --format sums --out /tmp/small --tuning neutral"
mkdir -p /tmp/small

session() {
  # shellcheck disable=SC2086
  ./t31cam capture $SMALL --frames "$1"
}

memory_in_use() {
  awk '/^(Slab|VmallocUsed|KernelStack):/ { sum += $2 } END { print sum }' /proc/meminfo
}

reload_cycles() {
  load && session 2 && unload || return 1
  before=$(memory_in_use)
  i=0
  while [ $i -lt "$CYCLES" ]; do
    load && session 2 && unload || { echo "cycle $i"; return 1; }
    i=$((i + 1))
  done
  echo "kernel memory before $before KB, after $(memory_in_use) KB"
  [ $(($(memory_in_use) - before)) -lt 512 ]
}

any_order() {
  insmod tx-isp-t31.ko && make_nodes || return 1
  # A sensor module keeps the driver; a selected sensor keeps its module.
  insmod sensor_sc2336_t31.ko && insmod sensor_jxf37_t31.ko || return 1
  ! rmmod tx_isp_t31 2>/dev/null || return 1
  # shellcheck disable=SC2086
  ./t31cam capture $SMALL --frames 40 &
  client=$!
  sleep 1
  ! rmmod sensor_sc2336_t31 2>/dev/null || return 1
  rmmod sensor_jxf37_t31 || return 1
  wait $client || return 1
  rmmod sensor_sc2336_t31 && rmmod tx_isp_t31
}

killed_clients() {
  load || return 1
  i=0
  while [ $i -lt "$KILLS" ]; do
    # shellcheck disable=SC2086
    ./t31cam capture $SMALL --channel 1:640x360 --frames 1000 &
    client=$!
    # Another moment each time: while opening, selecting, streaming.
    usleep $((20000 + i * 77000 % 900000))
    kill -9 $client
    wait $client
    i=$((i + 1))
  done
  session 3 && unload
}

# The second session is refused, and the first doesn't notice.
two_clients() {
  load || return 1
  # shellcheck disable=SC2086
  ./t31cam capture $SMALL --frames 40 &
  first=$!
  sleep 1
  i=0
  while [ $i -lt 10 ]; do
    T31_KEEP_SENSOR=1 ./t31cam capture --channel 1:640x360 --tuning neutral --format sums --out /tmp --frames 1 && return 1
    cat /proc/jz/isp/* >/dev/null || return 1
    i=$((i + 1))
  done
  wait $first || return 1
  [ "$(wc -l </tmp/small/ch0.sums)" = 40 ] && unload
}

# Many sessions, in random order and from several threads.
free_threads() {
  T31_PATIENCE=4 T31_MODULES=/t ./t31_device_tests --gtest_filter='*Cycles*Free*' --gtest_brief=1
}

failing_calls() {
  T31_MODULES=/t ./t31_device_tests --gtest_filter='Faults.*' --gtest_brief=1
}

load_board
check "modules in any order; a sensor module prevents unload, and a session its sensor's" any_order
check "$CYCLES times load, use, unload: no memory is lost" reload_cycles
check "$KILLS clients killed at any moment: the next one works" killed_clients
check "a second client is refused, the first one streams on" two_clients
if [ -n "$FULL" ]; then
  check "200 sessions in random order with two streaming threads" free_threads
  check "every call to the kernel that can fail fails once, in turn" failing_calls
fi
exit $failed
