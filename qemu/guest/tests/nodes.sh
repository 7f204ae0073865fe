# SPDX-License-Identifier: GPL-2.0-or-later
# Tests of whole cameras (tests/camera), the negative cases of the user-space interface among them, on the real nodes.
. ./lib.sh
. ./settings.sh

names() {
  ./t31_device_tests --gtest_filter="$1" --gtest_list_tests |
    awk '/^[^ ]/ { suite = $1 } /^ / { print suite $1 }'
}

one() {
  ./t31_device_tests --gtest_filter="$1" --gtest_brief=1
}

insmod t31-board.ko
export T31_MODULES=/t T31_PATIENCE=8
# Left out: what needs the PC's own schedulers and file system, or times to the microsecond.
LEFT_OUT='*Free*:*RealTime*:*SnapRaw*:*WrittenAgain*:*GetVb*:*FifteenFrames*:*TwoChannelsDeliver*:*TheVideoInputCounts*:*BuffersWithheld*'
for name in $(names "Negative.*:Proc.*:Session.*:Streaming.*:*BothSchedulers.*:Log.*-$LEFT_OUT"); do
  check "$name" one "$name"
done
exit $failed
