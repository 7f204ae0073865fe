# SPDX-License-Identifier: GPL-2.0-or-later
# Tests of whole cameras (tests/camera), the negative cases of the user-space interface among them, on the real nodes.
. ./lib.sh
. ./settings.sh

names() {
  T31_MODULES=/t ./t31_device_tests --gtest_filter="$1" --gtest_list_tests |
    awk '/^[^ ]/ { suite = $1 } /^ / { print suite $1 }'
}

one() {
  T31_MODULES=/t ./t31_device_tests --gtest_filter="$1" --gtest_brief=1
}

insmod t31-board.ko
# Left out: what only the PC has (its schedulers, its file system, its clock).
for name in $(names 'Negative.*:Proc.*:Session.*:Streaming.*:BothSchedulers.*:*/BothSchedulers.*:Log.*-*Free*:*RealTime*:*SnapRaw*:Streaming.ABufferThatIsWrittenAgain*'); do
  check "$name" one "$name"
done
exit $failed
