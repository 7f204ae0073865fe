// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping and haze removal of one frame, for counting instructions: measure_tone and
// measure_defog are from the DMA buffer to the new curves or map, measure_write from there to the
// last register. Every number of the statistics is another one in every frame; the exposure value
// changes in every frame too.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/mips/home.hpp"
#include "driver/blocks/block_set.hpp"
#include "driver/blocks/bypass.hpp"

namespace {

using namespace t31;

constexpr u32 kIsp = 0x13300000;
constexpr u32 kIspBytes = 0x90000;
constexpr u32 kWords = 1024;
constexpr u32 kFrames = 100;
constexpr u32 kBlockPixels = 108 * 106;
constexpr u32 kCells = 1920 * 1080 / 4;

blocks::SensorMode mode{1920, 1080, 0, false, false, 25 << 16 | 1, 1125};

u32 random_state = 1;
u32 below(u32 end) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % end;
}

void put_bits(u32* buffer, u32 first, u32 width, u32 value) {
  for (u32 i = 0; i < width; ++i) {
    if (((value >> i) & 1) != 0) buffer[(first + i) / 32] |= 1u << (first + i) % 32;
  }
}

// A scene that every frame sees with other noise and a little brighter or darker.
struct Scene {
  u32 histogram[512];
  u32 luma[48];
  u32 colour[180][3];
  Scene() {
    for (u32& weight : histogram) weight = 1 + below(1000);
    for (u32& value : luma) value = 200 + below(3000);
    for (auto& block : colour) {
      for (u32& value : block) value = 10 + below(200);
    }
  }
};

void make_tone(const Scene& scene, u32* buffer) {
  std::memset(buffer, 0, 4 * kWords);
  u32 weights[512];
  u32 sum = 0;
  for (u32 i = 0; i < 512; ++i) sum += weights[i] = scene.histogram[i] + below(200);
  for (u32 i = 0; i < 512; ++i) {
    const u32 count = static_cast<u32>(u64{kCells} * weights[i] / sum);
    put_bits(buffer, (776 + i / 3 * 8) * 8 + i % 3 * 21, 21, count);
  }
  for (u32 i = 0; i < 48; ++i) {
    put_bits(buffer, (8 + 16 * i + 8) * 8, 28, (scene.luma[i] + below(300)) * (kCells / 48));
  }
}

void make_defog(const Scene& scene, u32* buffer) {
  std::memset(buffer, 0, 4 * kWords);
  for (u32 i = 0; i < 180; ++i) {
    const u32 bit = (8 + 16 * i) * 8;
    const u32 red = (scene.colour[i][0] + below(40)) * kBlockPixels + below(1000);
    put_bits(buffer, bit, 24, (scene.colour[i][2] + below(40)) * kBlockPixels + below(1000));
    put_bits(buffer, bit + 24, 24, (scene.colour[i][1] + below(40)) * kBlockPixels + below(1000));
    put_bits(buffer, bit + 48, 12, red);
    put_bits(buffer, bit + 112, 12, red >> 12);
    for (u32 bin = 0; bin < 3; ++bin) {
      put_bits(buffer, bit + 64 + 16 * bin, 16, below(kBlockPixels / 2));
    }
  }
}

// The dearest branches that tuning files choose: score from the picture, motion watched, air in
// colour, smoothing on, slopes limited.
void choose_everything(tuning::TuningStore& store) {
  using tuning::Parameter;
  const struct {
    Parameter parameter;
    u32 index, value;
  } choices[] = {
      {Parameter::kDefogManualCtrl, 0, 0},      {Parameter::kDefogRgbraList, 2, 0},
      {Parameter::kDefogRgbraList, 6, 0},       {Parameter::kDefogRgbraList, 8, 1},
      {Parameter::kAdrToolControlArray, 12, 1}, {Parameter::kAdrSoftLightEndArray, 25, 1},
  };
  for (const auto& choice : choices) {
    if (!store.set_user_word(choice.parameter, choice.index, choice.value).ok()) std::exit(1);
  }
}

u32 tone_buffer[kWords];
u32 defog_buffer[kWords];

}  // namespace

extern "C" {

__attribute__((noinline)) void measure_tone(blocks::BlockSet* set) {
  set->take_tone_statistics(tone_buffer);
  asm volatile("" ::: "memory");
}

__attribute__((noinline)) void measure_defog(blocks::BlockSet* set) {
  set->take_defog_statistics(defog_buffer);
  asm volatile("" ::: "memory");
}

__attribute__((noinline)) void measure_write(blocks::BlockSet* set) {
  set->commit();
  asm volatile("" ::: "memory");
}

// All of a frame.
__attribute__((noinline)) void measure_tone_and_defog(blocks::BlockSet* set) {
  measure_tone(set);
  measure_defog(set);
  measure_write(set);
  asm volatile("# whole frame" ::: "memory");
}

// The same with the dearest choices.
__attribute__((noinline)) void measure_dearest(blocks::BlockSet* set) {
  measure_tone(set);
  measure_defog(set);
  measure_write(set);
  asm volatile("# dearest" ::: "memory");
}

}  // extern "C"

namespace {

template <typename Measure>
void run_frames(blocks::BlockSet& set, Measure measure) {
  Scene scene;
  for (u32 frame = 0; frame < kFrames; ++frame) {
    make_tone(scene, tone_buffer);
    make_defog(scene, defog_buffer);
    set.set_exposure_value(u64{1000 + below(100000)} << 10);
    set.commit();
    measure(&set);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !bench::set_tuning_file(argv[1])) {
    std::fprintf(stderr, "usage: tone TUNING_FILE\n");
    return 2;
  }
  t31_mmio* const isp = t31_port_ioremap(kIsp, kIspBytes, "isp");
  static tuning::TuningStore store;
  if (store.load("/etc/sensor/any-t31.bin") != tuning::LoadResult::kLoaded) return 1;
  static blocks::BlockSet set{Window(isp)};
  set.forget();
  set.write_csc();
  set.write_bypass(mode, store);
  set.init(mode, store);
  set.set_module(blocks::kLocalToneBit, false);
  set.set_module(blocks::kDefogBit, false);
  set.commit();
  run_frames(set, measure_tone_and_defog);
  choose_everything(store);
  set.parameter_changed(tuning::Parameter::kDefogManualCtrl);
  set.parameter_changed(tuning::Parameter::kAdrToolControlArray);
  run_frames(set, measure_dearest);
  return 0;
}
