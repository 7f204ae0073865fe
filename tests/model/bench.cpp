// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/bench.hpp"

#include <cstring>

namespace t31::model::test {

void RecordingPixels::process(const IspRegisters& seen, const BayerFrame& bayer,
                              std::span<const ChannelImage, kChannels> images,
                              Statistics* statistics, PixelMemory*) {
  ++frames;
  registers = seen;
  frame = bayer;
  for (unsigned n = 0; n < kChannels; ++n) {
    had_image[n] = images[n].luma != nullptr;
    if (!had_image[n]) continue;
    const ChannelGeometry g = channel_geometry(seen, n);
    std::memset(images[n].luma, 0x59, std::size_t{g.luma_stride} * (g.height - 1) + g.width);
    std::memset(images[n].chroma, 0xc5,
                std::size_t{g.chroma_stride} * ((g.height + 1) / 2 - 1) + g.width);
  }
  statistics->ae_zones.fill(0xa1);
  statistics->ae_histogram.fill(0xa2);
  statistics->awb_zones.fill(0xa3);
  statistics->adr.fill(0xa4);
  statistics->defog.fill(0xa5);
  statistics->focus_zones.fill(0xa6);
}

t31_model_callbacks Bench::callbacks() {
  t31_model_callbacks c{};
  c.context = this;
  c.irq = [](void* self, unsigned line, int level) {
    static_cast<Bench*>(self)->lines_[line] = level != 0;
  };
  c.dma = [](void* self, std::uint32_t address, std::uint32_t size) -> void* {
    const std::uint64_t offset = std::uint64_t{address} - kMemoryBase;
    if (address < kMemoryBase || offset + size > kMemoryBytes) return nullptr;
    return &static_cast<Bench*>(self)->memory_[offset];
  };
  c.log = [](void* self, const char* line) { static_cast<Bench*>(self)->log.emplace_back(line); };
  return c;
}

Bench::Bench(const BenchOptions& options) : Bench(options, std::make_unique<RecordingPixels>()) {}

Bench::Bench(const BenchOptions& options, std::unique_ptr<PixelPath> path)
    : pixels(dynamic_cast<RecordingPixels*>(path.get())),
      chip(callbacks(), std::move(path), 1, options.rewrite_last_address),
      memory_(kMemoryBytes) {
  auto fake = std::make_unique<FakeSensor>(options.link);
  sensor = fake.get();
  chip.attach(std::move(fake), 0);
}

void Bench::open_clocks() {
  cpm(0x80, 0x2000000d);  // ISP clock: 1392 MHz / 14
  cpm(0x80, 0x0000000d);
  cpm(0x7c, 0x20000039);  // sensor clock: 1392 MHz / 58
  cpm(0x7c, 0x00000039);
  cpm(0x20, cpm(0x20) & ~(1u << 23 | 1u << 25));
}

void Bench::release_sensor() {
  constexpr std::uint32_t kPin = 1u << 18;
  gpio(0x7018, kPin);
  gpio(0x7024, kPin);
  gpio(0x7038, kPin);
  gpio(0x7044, kPin);
  gpio(0x70f0, 0);
}

void Bench::reset_isp() {
  cpm(0xc4, 1u << 21);
  cpm(0xc4, 1u << 22);
  cpm(0xc4, 0);
}

void Bench::init_isp() {
  isp(0x0004, kWidth << 16 | kHeight);
  isp(0x0008, 0);
  isp(0x0030, 0xffffffff);
  isp(0x0010, 0x133);
  isp(0x0804, 0x1c);
  isp(0x0800, 1);
  isp(0x00b0, 0xffffffff);
}

void Bench::init_statistics() {
  for (unsigned n = 0; n < 4; ++n) {
    isp(0xa02c + 4 * n, kZones + 0x1000 * n);
    isp(0xa03c + 4 * n, kHistogram + 0x800 * n);
    isp(0xb03c + 4 * n, kWhiteBalance + 0x1000 * n);
  }
  isp(0xa04c, 0x33);
  isp(0xb04c, 3);
}

void Bench::init_csi() {
  csi(0x04, 1);
  csi(0x0c, 0);
  csi(0x10, 0);
  csi(0x0c, 1);
  for (std::uint32_t lane : {0x160, 0x1e0, 0x260}) phy(lane, 7);  // 594 Mbit/s
  phy(0x000, 0x7d);
  phy(0x128, 0x3f);
  csi(0x10, 1);
}

void Bench::start_vic() {
  vic(0x1a4, 0x000a000a);
  vic(0x100, (kWidth * 10 + 31) / 32);
  vic(0x0c, 2);
  vic(0x14, 1);
  vic(0x04, kWidth << 16 | kHeight);
  vic(0x10c, 0x2b000);
  vic(0x110, kWidth << 16);
  vic(0x1ac, 0x4440);
  vic(0x1a8, 0x4440);
  vic(0x00, 2);
  vic(0x00, 4);
  vic(0x104, 0);
  vic(0x108, 0);
  vic(0x00, 1);
}

void Bench::init_channel(unsigned channel, std::uint32_t width, std::uint32_t height) {
  const std::uint32_t base = 0x9900 + 0x100 * channel;
  isp(0x9860, 0);
  isp(0x9864, kWidth << 16 | kHeight);
  isp(base + 0x00, width << 16 | height);
  isp(base + 0x04, (kWidth * 512 / width) << 16 | kHeight * 512 / height);
  isp(base + 0x2c, width << 16 | height);
  isp(base + 0x28, 0);
  isp(base + 0x80, width);
  isp(base + 0x98, width);
  isp(base + 0xc0, 0x200);
  isp(base + 0xc4, 0);
  isp(base + 0xc8, 0x200);
  isp(base + 0xcc, 0);
}

void Bench::queue(unsigned buffer_number, unsigned channel) {
  const std::uint32_t base = 0x9900 + 0x100 * channel;
  isp(base + 0x6c, buffer(buffer_number));
  isp(base + 0x84, buffer(buffer_number) + kWidth * kHeight);
}

void Bench::start_channels(std::uint32_t channels) {
  isp(0x9818, 0x0e);
  isp(0x9804, 0xf0000 | channels);
}

int Bench::stream(bool on) {
  std::uint8_t bytes[] = {0, on};
  t31_model_i2c_msg message{FakeSensor::kAddress, 0, sizeof bytes, bytes};
  return chip.i2c_transfer(0, {&message, 1});
}

void Bench::start(unsigned buffers) {
  open_clocks();
  release_sensor();
  reset_isp();
  init_isp();
  init_statistics();
  init_csi();
  start_vic();
  init_channel();
  for (unsigned n = 0; n < buffers; ++n) queue(n);
  start_channels();
  stream();
}

void Bench::run_to_frame_start() {
  const std::size_t begun = sensor->frames_begun.size();
  while (sensor->frames_begun.size() == begun && chip.next_event() != Timeline::kNever)
    chip.advance(chip.next_event());
}

}  // namespace t31::model::test
