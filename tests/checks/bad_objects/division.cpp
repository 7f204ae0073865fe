// SPDX-License-Identifier: GPL-2.0-or-later
// A 64-bit division: a call of libgcc, which no kernel has.
unsigned long long divide(unsigned long long dividend, unsigned long long divisor) {
  return dividend / divisor;
}
