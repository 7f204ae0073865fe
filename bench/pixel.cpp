// SPDX-License-Identifier: GPL-2.0-or-later
// Time of the pixel path: 1920x1080 RAW10 to NV12 on channel 0, 640x360 on channel 1, statistics.
//   frame/...   whole frames, by path and threads
//   ratio       reference and fast path in turn, so that one run compares like with like
// The kernels one by one are in pixel_rows.cpp.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include "model/pixel/pipeline.hpp"
#include "tests/pixel/setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;

// What a typical daylight tuning file enables.
IspRegisters day_registers() {
  IspRegisters r = neutral_registers(kWidth, kHeight);
  enable(r, kBypassGib | kBypassAwb | kBypassLsc);
  r.word(0x1060) = 256;
  r.word(0x1064) = 256u << 16 | 256;
  r.word(0x1068) = 256;
  r.word(0x1030) = r.word(0x1034) = 1100u << 16 | 1100;
  r.word(0x1804) = 1024u << 16 | 1700;
  r.word(0x1808) = 1024u << 16 | 1900;
  r.word(0x3800) = 36u << 16 | 48;
  r.word(0x3804) = 21u << 16;
  for (std::uint32_t mesh = 0x28000; mesh < 0x2b000; mesh += 4) r.word(mesh) = 2400u << 12 | 2200;
  r.word(0x4808) = 10u << 16;
  r.word(0x4814) = 100;
  r.word(0x4848) = 90u << 16 | 90;
  r.word(0x484c) = 200u << 16 | 200;
  r.word(0x4860) = 80u << 16 | 80;
  r.word(0x4864) = 40u << 16 | 40;
  for (std::uint32_t weights = 0x48f4; weights <= 0x4940; weights += 4) {
    r.word(weights) = 0x20820820 >> (weights / 8 % 3);  // 32, 16 or 8 for every node
  }
  set_gamma(r, [](unsigned node) { return std::min(4095u, 60 * node - node * node / 5); });
  set_neutral_colour_control(r);
  r.word(0x8024) = 0x3dee0400;  // the matrix that sc2336's file gives by day
  r.word(0x8028) = 0x00003e50;
  r.word(0x802c) = 0x0adc0000;
  r.word(0x8030) = 0x000002e3;
  r.word(0x8034) = 0x00743fff;
  r.word(0x8038) = 0x00000843;
  r.word(0x803c) = r.word(0x804c) = 51u << 16 | 1;  // protection of dark and of weak colours
  r.word(0x8040) = r.word(0x8050) = 35u << 16 | 15;
  for (const std::uint32_t engine : {0xa000u, 0xb000u}) set_grid(r, engine, 15, 15, 1, 1, 64, 36);
  r.word(0xa028) = 153u << 8 | 30;
  r.word(0xa04c) = 0x33;
  r.word(0xb028) = r.word(0xb02c) = 500u << 16 | 100;
  r.word(0xb030) = 20u << 16 | 128;
  r.word(0xb034) = 600u << 16 | 128;
  r.word(0xb038) = 240u << 8 | 5;
  r.word(0xb04c) = 3;
  set_channel(r, 1, 640, 360);
  for (const std::uint32_t tap : {0x9ac0u, 0x9ac4u, 0x9ac8u, 0x9accu}) r.word(tap) = 0x40080;
  r.word(0x9804) = 0x000f1203;
  r.word(0x9b2c) = 0;  // channel 2 off
  return r;
}

// The same with every block that can be on.
IspRegisters full_registers() {
  IspRegisters r = day_registers();
  enable(r, kBypassCcm);
  r.word(0x5004) = r.word(0x500c) = 1024;
  r.word(0x5014) = 1024;
  r.word(0x8044) = 16u << 16 | 1;
  r.word(0x8048) = 864u << 16 | 800;
  return r;
}

const BayerFrame& scene() {
  static const BayerFrame frame = [] {
    const BayerFrame noise = random_frame(kWidth, kHeight, 10, 7);
    return make_frame(kWidth, kHeight, 10, [&](std::uint32_t x, std::uint32_t y) {
      const std::uint32_t shape = (x / 60 + y / 50) % 5 * 120 + (x + y) / 12;
      return 64 + shape + noise.codes[std::size_t{y} * kWidth + x] % 24;
    });
  }();
  return frame;
}

// Memory for the channels in use.
struct Target {
  std::vector<std::uint8_t> memory;
  std::array<ChannelImage, kChannels> images{};
  explicit Target(const IspRegisters& r) : memory(2 * kWidth * kHeight * 3 / 2) {
    std::uint8_t* next = memory.data();
    for (unsigned i = 0; i < kChannels; ++i) {
      const ChannelGeometry g = channel_geometry(r, i);
      if (!g.valid || g.enlarges) continue;
      images[i] = {next, next + g.luma_stride * g.height};
      next += g.luma_stride * g.height * 3 / 2;
    }
  }
};

double milliseconds(Pipeline& pipeline, const IspRegisters& registers, Target& target) {
  Statistics statistics;
  const auto start = std::chrono::steady_clock::now();
  pipeline.process(registers, scene(), target.images, &statistics);
  benchmark::ClobberMemory();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

// The best of all frames is what the machine can do while others leave it alone.
void frame(benchmark::State& state, const IspRegisters& registers, Pipeline::Path path) {
  Pipeline pipeline(path, static_cast<unsigned>(state.range(0)));
  Target target(registers);
  double best = 1e9;
  for (auto _ : state) best = std::min(best, milliseconds(pipeline, registers, target));
  state.counters["best_ms"] = best;
}

// By processor time, which other programs disturb less than they do the clock on the wall.
double busy_milliseconds(Pipeline& pipeline, const IspRegisters& registers, Target& target) {
  const std::clock_t start = std::clock();
  (void)milliseconds(pipeline, registers, target);
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void ratio(benchmark::State& state) {
  const IspRegisters registers = day_registers();
  Pipeline reference(Pipeline::Path::kReference, 1), fast(Pipeline::Path::kFast, 1);
  Target target(registers);
  double best_reference = 1e9, best_fast = 1e9;
  for (auto _ : state) {
    best_reference = std::min(best_reference, busy_milliseconds(reference, registers, target));
    for (int i = 0; i < 20; ++i) {
      best_fast = std::min(best_fast, busy_milliseconds(fast, registers, target));
    }
  }
  state.counters["reference_ms"] = best_reference;
  state.counters["fast_ms"] = best_fast;
  state.counters["ratio"] = best_reference / best_fast;
}

BENCHMARK_CAPTURE(frame, day_reference, day_registers(), Pipeline::Path::kReference)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(frame, day_fast, day_registers(), Pipeline::Path::kFast)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(frame, full_fast, full_registers(), Pipeline::Path::kFast)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(ratio)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

}  // namespace
}  // namespace t31::model
