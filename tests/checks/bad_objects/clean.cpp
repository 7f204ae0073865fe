// SPDX-License-Identifier: GPL-2.0-or-later
// What a module may hold: a constant table, zeroed data, port calls, 32-bit arithmetic.
extern "C" int t31_port_snprintf(char* buffer, unsigned size, const char* format, ...);

constinit unsigned frames = 0;
constexpr unsigned kTable[] = {3, 5, 7, 11};

int describe(char* buffer, unsigned size, unsigned index) {
  ++frames;
  return t31_port_snprintf(buffer, size, "%u", kTable[index & 3] / (frames | 1));
}
