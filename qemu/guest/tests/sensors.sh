# SPDX-License-Identifier: GPL-2.0-or-later
# /proc/jz/sensor: whose it is, and what it says.
. ./lib.sh

read_file() {
  cat "/proc/jz/sensor/$1"
}

absent_at_load() {
  load || return 1
  [ "$(read_file count)" = 1 ] && [ "$(read_file sensor0/name)" = sc2336 ] && [ "$(read_file sensor0/i2c_addr)" = 0x30 ] &&
    [ "$(read_file sensor0/status)" = loaded ] && [ -z "$(read_file sensor0/chip_id)$(read_file sensor0/width)" ] &&
    [ "$(read_file name)" = sc2336 ]
}

in_a_session() {
  ./t31cam capture --channel 0:640x360 --tuning neutral --format sums --out /tmp --frames 40 &
  client=$!
  sleep 1
  for file in name chip_id i2c_addr i2c_adapter width height fps status; do echo "$file $(read_file sensor0/$file)"; done >/tmp/sensor
  wait $client || return 1
  cat /tmp/sensor
  printf 'name sc2336\nchip_id 0xcb3a\ni2c_addr 0x30\ni2c_adapter 0\nwidth 1920\nheight 1080\nfps 25\nstatus active\n' |
    cmp - /tmp/sensor && [ "$(read_file sensor0/status)" = loaded ]
}

slots_keep_numbers() {
  insmod sensor_jxf37_t31.ko || return 1
  [ "$(read_file count)" = 2 ] && [ "$(read_file sensor1/name)" = jxf37 ] || return 1
  rmmod sensor_sc2336_t31 || return 1
  [ ! -e /proc/jz/sensor/sensor0 ] && [ "$(read_file sensor1/name)" = jxf37 ] && [ "$(read_file count)" = 1 ] || return 1
  rmmod sensor_jxf37_t31 || return 1
  [ ! -e /proc/jz/sensor ] && rmmod tx_isp_t31
}

# WHAT MUST HOLD...: while a client streams that loads no modules.
while_streaming() {
  rm -f /tmp/stream  # what the last client printed
  ./t31_bench 0 1 >/tmp/stream 2>&1 &
  client=$!
  i=0
  while [ $i -lt 100 ] && ! grep -q streaming /tmp/stream 2>/dev/null; do
    usleep 100000
    i=$((i + 1))
  done
  "$@"
  result=$?
  kill $client
  wait $client
  cat /tmp/stream
  return $result
}

# Older SDKs: the sensor module makes folder and files, and calls nobody.
nothing_of_ours() {
  [ "$(read_file name)" = sc2336-own ] && [ "$(read_file max_fps)" = 30 ] && [ ! -e /proc/jz/sensor/sensor0 ] &&
    [ ! -e /proc/jz/sensor/count ]
}
folder_of_the_sensor() {
  SENSOR=kind_a
  load && nothing_of_ours && while_streaming nothing_of_ours && nothing_of_ours && unload && [ ! -e /proc/jz/sensor ]
}

# An SDK that announces twice (no address, then the address), and binds itself besides what the driver does.
is_active() {
  [ "$(read_file count)" = 1 ] && [ "$(read_file sensor0/status)" = active ] && [ "$(read_file sensor0/chip_id)" = 0xcb3a ] &&
    [ "$(read_file sensor0/width)" = 1920 ] && [ ! -e /proc/jz/sensor/sensor1 ]
}
announced_twice() {
  SENSOR=kind_b
  load && [ "$(read_file count)" = 1 ] && [ "$(read_file sensor0/status)" = loaded ] &&
    [ "$(read_file sensor0/i2c_addr)" = 0x30 ] && [ "$(read_file name)" = sc2336 ] && while_streaming is_active &&
    [ "$(read_file sensor0/status)" = loaded ] && unload && [ ! -e /proc/jz/sensor ]
}

# The same with files of its own, which stay.
shared_folder() {
  SENSOR=kind_d
  load && [ "$(read_file name)" = sc2336-own ] && [ "$(read_file sensor0/name)" = sc2336 ] && while_streaming is_active &&
    [ "$(read_file name)" = sc2336-own ] && [ "$(read_file max_fps)" = 30 ] && unload && [ ! -e /proc/jz/sensor ]
}

readers_against_unload() {
  i=0
  while [ $i -lt 10 ]; do
    load || return 1
    (j=0; while [ $j -lt 20 ]; do cat /proc/jz/sensor/sensor0/* /proc/jz/sensor/count /proc/jz/sensor/name; j=$((j + 1)); done) >/dev/null 2>&1 &
    reader=$!
    usleep $((i * 3000))
    unload || return 1
    wait $reader
    i=$((i + 1))
  done
  [ ! -e /proc/jz/sensor ]
}

# Some drivers never call sensor_common_exit: a file that stays runs code that is gone.
forgets_its_files() {
  SENSOR=kind_e
  for _ in 1 2; do
    load && [ "$(read_file sc2336/chip_id)" = 0xcb3a ] && [ "$(read_file max_fps)" = 30 ] && unload || return 1
    [ -z "$(ls /proc/jz/sensor)" ] || return 1
  done
}

# Modules of SDK 1.1.1, whose structs have another layout.
old_layout() {
  SENSOR=sdk_1_1_1
  load && T31_ACTS=1 ./t31_sensor_check sensor_sdk_1_1_1_t31 sc2336 0x30 0x3e02 \
    '{"sensor":"sc2336","noise":false,"shading":false,"scene":{"type":"flat","level":0.1}}' && unload
}

load_board
check "a sensor driver shows before it is probed" absent_at_load
check "a sensor in use tells what it is" in_a_session
check "slots keep their numbers, and the folder goes with the last one" slots_keep_numbers
check "a folder that the sensor module makes and fills stays its own" folder_of_the_sensor
check "a sensor module that announces twice and binds itself has one slot" announced_twice
check "a sensor module's own files stay beside the slots" shared_folder
check "a module with the structs of SDK 1.1.1: found, streams, exposes, keeps a register, stays while in use" old_layout
SENSOR=sc2336
check "2000 readers against unload" readers_against_unload
check "files that a sensor module forgets go with it" forgets_its_files
exit $failed
