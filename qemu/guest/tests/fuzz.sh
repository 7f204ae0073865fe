# SPDX-License-Identifier: GPL-2.0-or-later
# Random system calls on all nodes; then the camera must still be one.
. ./lib.sh
. ./settings.sh

fuzz() {
  load print_level=3 && ./t31_fuzz_calls "$FUZZ_SECONDS" 1
}

still_works() {
  ./t31cam capture --channel 0:640x360 --tuning neutral --format sums --out /tmp --frames 5 && unload
}

insmod t31-board.ko
check "$FUZZ_SECONDS s of random system calls" fuzz
check "the camera works afterwards" still_works
exit $failed
