// SPDX-License-Identifier: GPL-2.0-or-later
// bench.hpp - a virtual T31 on the bench: memory, a fake sensor, a pixel path that records, and the
// register writes of a camera's life as small steps that tests may leave out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/chip.hpp"
#include "tests/model/fake_sensor.hpp"

namespace t31::model::test {

inline constexpr std::uint32_t kWidth = 64;
inline constexpr std::uint32_t kHeight = 32;
inline constexpr std::uint64_t kMillisecond = 1'000'000;
inline constexpr std::uint64_t kPeriod = 40 * kMillisecond;

// Remembers what it was given; an image gets the byte 0x59 in luma and 0xc5 in chroma.
class RecordingPixels final : public PixelPath {
 public:
  void process(const IspRegisters& registers, const BayerFrame& frame,
               std::span<const ChannelImage, kChannels> images, Statistics* statistics,
               PixelMemory* memory) override;

  unsigned frames = 0;
  std::optional<IspRegisters> registers;
  BayerFrame frame;
  std::array<bool, kChannels> had_image{};
};

struct BenchOptions {
  bool rewrite_last_address = false;
  LinkFormat link{.lanes = 2, .mbps = 594, .bits = 10, .width = kWidth, .height = kHeight};
};

class Bench {
 public:
  static constexpr std::uint32_t kMemoryBase = 0x06000000;
  static constexpr std::uint32_t kMemoryBytes = 1u << 20;
  // Where `queue` puts buffer n, and the statistics rings.
  static constexpr std::uint32_t buffer(unsigned n) { return kMemoryBase + 0x10000 + n * 0x2000; }
  static constexpr std::uint32_t kZones = kMemoryBase;
  static constexpr std::uint32_t kHistogram = kMemoryBase + 0x4000;
  static constexpr std::uint32_t kWhiteBalance = kMemoryBase + 0x6000;
  static constexpr std::uint32_t kToneMapping = kMemoryBase + 0x20000;
  static constexpr std::uint32_t kDefog = kMemoryBase + 0x24000;
  static constexpr std::uint32_t kFocus = kMemoryBase + 0x28000;

  explicit Bench(const BenchOptions& options = {});
  // With another pixel path; `pixels` then is null.
  Bench(const BenchOptions& options, std::unique_ptr<PixelPath> path);

  // Register access by unit.
  std::uint32_t cpm(std::uint32_t offset) { return chip.read(0x10000000 + offset); }
  std::uint32_t csi(std::uint32_t offset) { return chip.read(0x10023000 + offset); }
  std::uint32_t phy(std::uint32_t offset) { return chip.read(0x10022000 + offset); }
  std::uint32_t isp(std::uint32_t offset) { return chip.read(0x13300000 + offset); }
  std::uint32_t vic(std::uint32_t offset) { return chip.read(0x133e0000 + offset); }
  std::uint32_t gpio(std::uint32_t offset) { return chip.read(0x10010000 + offset); }
  void cpm(std::uint32_t offset, std::uint32_t value) { chip.write(0x10000000 + offset, value); }
  void csi(std::uint32_t offset, std::uint32_t value) { chip.write(0x10023000 + offset, value); }
  void phy(std::uint32_t offset, std::uint32_t value) { chip.write(0x10022000 + offset, value); }
  void isp(std::uint32_t offset, std::uint32_t value) { chip.write(0x13300000 + offset, value); }
  void vic(std::uint32_t offset, std::uint32_t value) { chip.write(0x133e0000 + offset, value); }
  void gpio(std::uint32_t offset, std::uint32_t value) { chip.write(0x10010000 + offset, value); }

  // Steps of set-up, in the order of a session.
  void open_clocks();
  void release_sensor();
  void reset_isp();
  void init_isp();
  void init_statistics();
  void init_csi();
  void start_vic();
  void init_channel(unsigned channel = 0, std::uint32_t width = kWidth,
                    std::uint32_t height = kHeight);
  void queue(unsigned buffer_number, unsigned channel = 0);
  void start_channels(std::uint32_t channels = 1);
  int stream(bool on = true);
  // All of the above on channel 0 with `buffers` buffers.
  void start(unsigned buffers = 2);

  void run(std::uint64_t nanoseconds) { chip.advance(chip.now() + nanoseconds); }
  void run_frames(unsigned frames) { run(frames * kPeriod); }
  // Runs to the next start of a sensor frame; right behind the stream's start that is the first
  // one.
  void run_to_frame_start();
  std::uint64_t counter(Counter counter) const { return chip.counter(counter); }
  std::uint8_t* memory(std::uint32_t bus_address) { return &memory_[bus_address - kMemoryBase]; }
  bool line_high(unsigned line) const { return lines_[line]; }

  std::vector<std::string> log;
  RecordingPixels* pixels = nullptr;
  FakeSensor* sensor = nullptr;
  Chip chip;

 private:
  t31_model_callbacks callbacks();

  std::vector<std::uint8_t> memory_;
  std::array<bool, 32> lines_{};
};

}  // namespace t31::model::test
