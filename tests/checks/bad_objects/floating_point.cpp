// SPDX-License-Identifier: GPL-2.0-or-later
// Floating point: calls of libgcc with soft float, another ABI with hard float.
float scale(float value) {
  return value * 1.5f;
}
