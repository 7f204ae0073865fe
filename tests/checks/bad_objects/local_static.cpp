// SPDX-License-Identifier: GPL-2.0-or-later
// A function-local static with dynamic initialisation: needs a guard variable.
extern "C" int t31_port_snprintf(char* buffer, unsigned size, const char* format, ...);

int first_answer() {
  static int answer = t31_port_snprintf(nullptr, 0, "once");
  return answer;
}
