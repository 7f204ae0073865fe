// SPDX-License-Identifier: GPL-2.0-or-later
// A change of gain through all image blocks, for counting instructions: measure_gain_change is from
// the new gain to the last register; measure_blocks_init the blocks' part of a stream start.
#include <cstdio>

#include "bench/mips/home.hpp"
#include "driver/blocks/block_set.hpp"

namespace {

using namespace t31;

constexpr u32 kIsp = 0x13300000;
constexpr u32 kIspBytes = 0x90000;
// Half-stop steps up from gain 1, then down again from between the lists' points.
constexpr u32 kGains[] = {0x00000, 0x08000, 0x18000, 0x28000, 0x38000, 0x48000, 0x58000,
                          0x68000, 0x5c000, 0x4c000, 0x3c000, 0x2c000, 0x1c000, 0x0c000};

blocks::SensorMode mode{1920, 1080, 0, false, false, 25 << 16 | 1, 1125};

}  // namespace

extern "C" {

__attribute__((noinline)) void measure_gain_change(blocks::BlockSet* set, u32 gain) {
  set->set_total_gain(gain);
  set->commit();
  asm volatile("" ::: "memory");
}

__attribute__((noinline)) void measure_blocks_init(blocks::BlockSet* set,
                                                   tuning::TuningStore* store) {
  set->init(mode, *store);
  asm volatile("" ::: "memory");
}

}  // extern "C"

int main(int argc, char** argv) {
  if (argc != 2 || !bench::set_tuning_file(argv[1])) {
    std::fprintf(stderr, "usage: gain TUNING_FILE\n");
    return 2;
  }
  t31_mmio* const isp = t31_port_ioremap(kIsp, kIspBytes, "isp");
  static tuning::TuningStore store;
  if (store.load("/etc/sensor/any-t31.bin") != tuning::LoadResult::kLoaded) return 1;
  static blocks::BlockSet set{Window(isp)};
  set.forget();
  set.write_csc();
  set.write_bypass(mode, store);
  measure_blocks_init(&set, &store);
  for (const u32 gain : kGains) measure_gain_change(&set, gain);
  return 0;
}
