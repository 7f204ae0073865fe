#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# modules_test.sh PROJECT WORK - the drivers of an ingenic-sdk checkout (T31_SDK) as modules of a T31 kernel
# (T31_VENDOR_TREE): every one that is C links. Status 77: skipped.
if [ -z "$T31_SDK" ] || [ -z "$T31_VENDOR_TREE" ]; then
  echo "set T31_SDK to a checkout of ingenic-sdk and T31_VENDOR_TREE to a kernel tree prepared for modules"
  exit 77
fi
exec "$1/qemu/t31vm" sdk "$T31_SDK" --tree "$T31_VENDOR_TREE" --work "$2"
