// SPDX-License-Identifier: GPL-2.0-or-later
// A global object with a constructor that runs at load: a kernel module never calls it.
extern "C" int t31_port_snprintf(char* buffer, unsigned size, const char* format, ...);

struct Counter {
  Counter() { t31_port_snprintf(text, sizeof(text), "start"); }
  char text[8];
};
Counter counter;
