// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure, white balance and focus for counting instructions: statistics that differ
// from frame to frame, in light that changes now and then, through the three of them.
#include <cstdio>
#include <cstring>

#include "driver/control/auto_control.hpp"

namespace {

using namespace t31;
using namespace t31::control;

constexpr unsigned kFrames = 60;
constexpr u32 kBlock = 20;  // frames of the same light
constexpr u32 kCells = 64 * 36;

alignas(16) u32 g_zones[1024], g_histogram[512], g_white[1024], g_focus[1024];
alignas(16) u8 g_file[24 + tuning::kBankBytes];
AutoControl g_control;
AutoTables g_tables;
u32 g_random = 1;

u32 draw(u32 most) {
  g_random = g_random * 1664525u + 1013904223u;
  return (g_random >> 8) % most;
}

void put(u32* record, u64 low, u64 high) {
  record[0] = static_cast<u32>(low);
  record[1] = static_cast<u32>(low >> 32);
  record[2] = static_cast<u32>(high);
  record[3] = static_cast<u32>(high >> 32);
}

// Surfaces of the scene, by zone: brightness and colour of each; a third of them is neutral.
struct Surface {
  u32 luma, red, blue;
};
Surface g_scene[kZones];

void make_scene(const AwbScale& scale) {
  const u32 red = 200 * 1024 / scale.red, blue = 200 * 1024 / scale.blue;
  for (Surface& surface : g_scene) {
    const bool neutral = draw(3) == 0;
    surface = {20 + draw(100), neutral ? red : red - 30 + draw(80),
               neutral ? blue : blue - 30 + draw(70)};
  }
}

// The scene in some light, with noise.
void make_frame(u32 frame, u32 light) {
  std::memset(g_histogram, 0, sizeof g_histogram);
  const u32 warm = frame / kBlock % 2 * 20;
  for (u32 i = 0; i < kZones; ++i) {
    const Surface& surface = g_scene[i];
    const u32 luma = surface.luma * light / 64 + draw(4);
    const u64 value = luma > 250 ? 250 : luma;
    const u64 dark = draw(300), bright = draw(300);
    put(g_zones + 4 * i,
        dark * (value / 3) | ((kCells - dark - bright) * value) << 21 | (bright * 200) << 42 |
            dark << 63,
        dark >> 1 | bright << 12);
    g_histogram[value] += kCells;
    const u64 cells = 1000 + draw(1000);
    const u64 red = surface.red + warm + draw(4), blue = surface.blue - warm + draw(4);
    put(g_white + 4 * i, red * cells | (cells * 200) << 21 | (blue * cells) << 42, cells << 20);
    put(g_focus + 4 * i, draw(1u << 30) | static_cast<u64>(draw(1u << 30)) << 32,
        draw(1u << 30) | static_cast<u64>(draw(1u << 30)) << 32);
  }
}

}  // namespace

extern "C" {

// Unpacking, exposure, white balance and focus of a frame.
__attribute__((noinline)) void measure_auto(const AutoInputs* inputs) {
  const AutoDecisions decisions = g_control.frame(*inputs, g_tables);
  if (decisions.exposure.changed) {
    g_control.committed(decisions.exposure.value, inputs->frame + 2);
  }
  asm volatile("" ::: "memory");
}

}  // extern "C"

int main(int argc, char** argv) {
  std::FILE* file = argc == 2 ? std::fopen(argv[1], "rb") : nullptr;
  if (file == nullptr || std::fread(g_file, sizeof g_file, 1, file) != 1) {
    std::fprintf(stderr, "usage: auto TUNING_FILE\n");
    return 2;
  }
  std::fclose(file);
  static u8 bank_bytes[tuning::kBankBytes] __attribute__((aligned(16)));
  std::memcpy(bank_bytes, g_file + 24, sizeof bank_bytes);
  const tuning::Bank bank(bank_bytes);
  AutoSetup setup;
  setup.bank = bank;
  setup.limits.max_lines = 1346;
  setup.limits.max_again = 15689;
  setup.limits.max_isp_dgain = 4096;
  g_control.configure(setup, true);
  g_control.committed(g_control.start(0, 300u << 10).value, 0);
  make_scene(awb_scale(bank));
  AutoInputs inputs;
  inputs.exposure_zones = reinterpret_cast<const u8*>(g_zones);
  inputs.exposure_histogram = reinterpret_cast<const u8*>(g_histogram);
  inputs.balance_zones = reinterpret_cast<const u8*>(g_white);
  inputs.focus_zones = reinterpret_cast<const u8*>(g_focus);
  // With the light, the exposure goes in and out of the doors of white balance.
  const u32 door = bank.get(tuning::Parameter::kAwbMode, 1);
  for (inputs.frame = 0; inputs.frame < kFrames; ++inputs.frame) {
    inputs.exposure_value = (inputs.frame / kBlock % 2 == 0 ? door : door - 1) << 10;
    make_frame(inputs.frame, 32 << inputs.frame / kBlock);
    measure_auto(&inputs);
  }
  return 0;
}
