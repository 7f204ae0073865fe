# SPDX-License-Identifier: GPL-2.0-or-later
# A program over the vendor's library (tests/libimp/client) on the module. One library a boot.
. ./lib.sh
. ./settings.sh

client() {
  # shellcheck disable=SC2086
  ./client $CLIENT "$@"
}

# What the log of a client says of the camera's controls.
controls() {
  client -f 20 controls
  status=$?
  cp /tmp/log /tmp/controls
  return $status
}

ends_by_itself() {
  client -f 20 die
  [ $? = 137 ]
}

# Each time at another moment: while opening, selecting, streaming. The library's own locks in shared memory stay as
# they were, as on a camera.
killed() {
  i=0
  while [ $i -lt "$KILLS" ]; do
    # shellcheck disable=SC2086
    ./client $CLIENT -f 1000 stream &
    killed=$!
    usleep $((100000 + i * 370000 % 2900000))
    kill -9 $killed
    wait $killed
    i=$((i + 1))
  done
  client -f 5 stream
}

held() {
  mkdir -p /tmp/frames
  client -f "$FRAMES" -o /tmp/frames -e "$HELD" stream
}

modules() {
  load_board && insmod t31-encoder.ko && load print_level=2
}

check "modules load" modules
# The first session of the module, as t31cam's is on the PC.
check "$FRAMES frames of two channels, exposure held" held
grep -h '^channel' /tmp/log
check "open, two channels, 20 frames each, close" client -f 20 stream
check "every control" controls
check "frame rate, night, flips, snapshot, restarts" client -f 20 changes
check "killed while frames flow" ends_by_itself
check "$KILLS times killed at another moment: the next one works" killed
echo "$(grep '^result' /tmp/controls | cut -d' ' -f2 | sort -u | wc -l) functions, $(grep -cE 'WRONG|FAILED' /tmp/controls) wrong"
check "modules unload" unload
hand_out /tmp/frames/*.sums
exit $failed
