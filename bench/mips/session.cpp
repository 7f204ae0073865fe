// SPDX-License-Identifier: GPL-2.0-or-later
// A whole session of the driver for counting instructions: the functions measure_* are what is
// counted, each from its first instruction to its return.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/mips/home.hpp"
#include "driver/driver.h"
#include "uapi/t31/tx_isp.h"

namespace {

using namespace t31::bench;

constexpr u32 kIsp = 0x13300000;
constexpr u32 kCoreLine = 37;
constexpr u32 kStatus = 0xb4 / 4;
constexpr unsigned kFrames = 50;
// Frame start; AWB, AE statistics, ADR, defog; ISP done, channel 0 done (hw-pipeline 4.4).
constexpr u32 kInterrupts[] = {0x1000,  0x40000000, 0x4000000, 0x8000000,
                               0x40000, 0x100000,   0x2000,    0x1};

void check(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "session: %s failed\n", what);
  std::exit(1);
}

}  // namespace

extern "C" {

// Sensor selected and stream on: everything from the tuning file to the last register.
__attribute__((noinline)) void measure_stream_start(Node* camera) {
  int index = 0;
  check(camera->ioctl(T31_TX_ISP_S_INPUT, &index) == 0, "S_INPUT");
  check(camera->ioctl(T31_TX_ISP_STREAMON, u32{0}) == 0, "STREAMON");
  asm volatile("" ::: "memory");
}

// What runs in the hard interrupt for one frame.
__attribute__((noinline)) void measure_interrupts(volatile u32* isp) {
  for (const u32 status : kInterrupts) {
    isp[kStatus] = status;
    raise_interrupt(kCoreLine);
  }
  isp[kStatus] = 0;
  asm volatile("" ::: "memory");
}

// What runs in the workers for one frame.
__attribute__((noinline)) void measure_workers(void) {
  check(run_work() > 0, "frame work");
  asm volatile("" ::: "memory");
}

}  // extern "C"

int main(int argc, char** argv) {
  if (argc != 2 || !set_tuning_file(argv[1])) {
    std::fprintf(stderr, "usage: session TUNING_FILE\n");
    return 2;
  }
  show_log(true);
  t31_parameters parameters = T31_PARAMETERS_DEFAULT;
  check(t31_driver_load(&parameters) == 0, "load");
  Node camera("tx-isp");
  check(camera.open(), "open");
  t31_sensor_register sensor{};
  std::strcpy(sensor.name, "sc2336");
  sensor.cbus_type = 1;
  std::strcpy(sensor.i2c.type, "sc2336");
  sensor.i2c.addr = 0x30;
  check(camera.ioctl(T31_TX_ISP_REGISTER_SENSOR, &sensor) == 0, "REGISTER_SENSOR");
  measure_stream_start(&camera);
  volatile u32* const isp = registers(kIsp);
  measure_interrupts(isp);
  measure_workers();
  const unsigned before = allocations();
  for (unsigned frame = 0; frame < kFrames; ++frame) {
    measure_interrupts(isp);
    measure_workers();
  }
  std::printf("allocations per frame %u\n", (allocations() - before) / kFrames);
  int none = -1;
  check(camera.ioctl(T31_TX_ISP_STREAMOFF, u32{0}) == 0, "STREAMOFF");
  check(camera.ioctl(T31_TX_ISP_S_INPUT, &none) == 0, "S_INPUT -1");
  camera.close();
  t31_driver_unload();
  return 0;
}
