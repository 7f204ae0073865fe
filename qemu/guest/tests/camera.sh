# SPDX-License-Identifier: GPL-2.0-or-later
# Load, a session on two channels, unload.
. ./lib.sh
. ./settings.sh

proc_files() {
  [ "$(ls /proc/jz/isp | wc -l)" -ge 8 ] || return 1
  for file in /proc/jz/isp/*; do cat "$file" || return 1; done
}

parameters() {
  cat /sys/module/tx_isp_t31/parameters/* >/tmp/parameters || return 1
  [ "$(ls /sys/module/tx_isp_t31/parameters | wc -l)" = 8 ] || return 1
  # A second load with all eight changed, as start scripts do.
  unload || return 1
  load print_level=2 isp_clk=150000000 isp_ch0_pre_dequeue_time=1 isp_ch0_pre_dequeue_interrupt_process=1 \
    isp_ch0_pre_dequeue_valid_lines=540 isp_ch1_dequeue_delay_time=2 isp_day_night_switch_drop_frame_num=3 isp_memopt=1 ||
    return 1
  [ "$(cat /sys/module/tx_isp_t31/parameters/isp_clk)" = 150000000 ] || return 1
  [ "$(cat /sys/module/tx_isp_t31/parameters/isp_memopt)" = 1 ] || return 1
  unload && load
}

session_files() {
  ./t31cam proc >/tmp/proc || return 1
  cat /tmp/proc
  grep -q 'sc2336' /tmp/proc
}

two_channels() {
  mkdir -p /tmp/frames
  # shellcheck disable=SC2086
  ./t31cam $CAPTURE
}

check "modules load" load
check "all eight module parameters are there and taken" parameters
check "every proc file reads without a session" proc_files
check "SC2336 is found, and every proc file reads in a session" session_files
check "two channels stream" two_channels
check "modules unload" unload
hand_out /tmp/frames/*.sums
exit $failed
