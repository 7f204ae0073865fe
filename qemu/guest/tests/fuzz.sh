# SPDX-License-Identifier: GPL-2.0-or-later
# Random system calls on all nodes; then the camera must still be one.
. ./lib.sh
. ./settings.sh

fuzz() {
  load print_level=1 && ./t31_fuzz_calls "$FUZZ_SECONDS" "$FUZZ_SEED"
}

# Modes outlive their client, as with the vendor's driver (WDR, frame drop): they go with the module.
still_works() {
  unload && load &&
    ./t31cam capture --channel 0:640x360 --tuning neutral --format sums --out /tmp --frames 5 &&
    unload
}

insmod t31-board.ko
check "$FUZZ_SECONDS s of random system calls, seed $FUZZ_SEED" fuzz
check "the modules unload, and the camera works when they are loaded again" still_works
exit $failed
