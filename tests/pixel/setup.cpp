// SPDX-License-Identifier: GPL-2.0-or-later
#include "setup.hpp"

#include <random>

namespace t31::model {

IspRegisters neutral_registers(std::uint32_t width, std::uint32_t height, std::uint32_t order) {
  IspRegisters r;
  r.word(0x0004) = width << 16 | height;
  r.word(0x0008) = order;
  r.word(0x000c) = kBypassAll & ~(kBypassDmsc | kBypassCsc);
  // Colour-space conversion as after reset of the driver: BT.601, full range.
  r.word(0x6000) = 31;
  r.word(0x6010) = 306 | 601 << 10 | 117 << 20;
  r.word(0x6014) = 173 | 339 << 10 | 512 << 20;
  r.word(0x6018) = 512 | 429 << 10 | 83 << 20;
  r.word(0x6020) = 128 << 8;
  r.word(0x6030) = 0xff00ff00;
  r.word(0x9818) = 0x0e;
  set_window(r, 0, 0, width, height);
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    set_channel(r, channel, width, height);
  }
  return r;
}

void enable(IspRegisters& registers, std::uint32_t bits) {
  registers.word(0x000c) &= ~bits;
}
void disable(IspRegisters& registers, std::uint32_t bits) {
  registers.word(0x000c) |= bits;
}

void set_window(IspRegisters& r, std::uint32_t x, std::uint32_t y, std::uint32_t width,
                std::uint32_t height) {
  r.word(0x9860) = x << 16 | y;
  r.word(0x9864) = width << 16 | height;
}

void set_channel(IspRegisters& r, unsigned channel, std::uint32_t scaled_width,
                 std::uint32_t scaled_height) {
  const std::uint32_t base = 0x9900 + 0x100 * channel;
  const std::uint32_t width = r[0x9864] >> 16, height = r[0x9864] & 0xffff;
  r.word(base + 0x00) = scaled_width << 16 | scaled_height;
  r.word(base + 0x04) = (width * 512 / scaled_width) << 16 | height * 512 / scaled_height;
  r.word(base + 0xc0) = r.word(base + 0xc8) = 0x200;
  r.word(base + 0xc4) = r.word(base + 0xcc) = 0;
  set_crop(r, channel, 0, 0, scaled_width, scaled_height);
}

void set_crop(IspRegisters& r, unsigned channel, std::uint32_t x, std::uint32_t y,
              std::uint32_t width, std::uint32_t height) {
  const std::uint32_t base = 0x9900 + 0x100 * channel;
  r.word(base + 0x28) = x << 16 | y;
  r.word(base + 0x2c) = width << 16 | height;
  r.word(base + 0x80) = r.word(base + 0x98) = width;
}

void set_gamma(IspRegisters& r, const std::function<std::uint32_t(unsigned)>& node) {
  enable(r, kBypassGamma);
  for (const std::uint32_t curve : {0x40000u, 0x48000u, 0x50000u}) {
    for (unsigned i = 0; i < 128; ++i) r.word(curve + 4 * i) = node(i) | node(i + 1) << 12;
  }
}

void set_sharpening(IspRegisters& r, std::uint32_t kind, std::uint32_t white, std::uint32_t black,
                    std::uint32_t most, std::uint32_t weight) {
  r.word(kind) = white << 16 | black;
  r.word(kind + 4) = most << 16 | most;
  const std::uint32_t first = kind == 0x4848 ? 0x48f4 : 0x491c;
  for (std::uint32_t word = first; word < first + 0x28; word += 4) {
    r.word(word) = weight * 0x01041041u;  // five nodes of 6 bits
  }
}

void set_neutral_colour_control(IspRegisters& r) {
  enable(r, kBypassBcsh);
  for (const std::uint32_t clip : {0x8000u, 0x8004u, 0x8008u, 0x800cu, 0x8010u, 0x8014u}) {
    r.word(clip) = 1023;
  }
  for (const std::uint32_t offset : {0x8018u, 0x801cu, 0x8020u})
    r.word(offset) = 1024u << 16 | 1024;
  r.word(0x8024) = 1024;        // H00
  r.word(0x802c) = 1024 << 16;  // H11
  r.word(0x8038) = 1024;        // H22
  r.word(0x8054) = 1;           // contrast on, first slope 0
  r.word(0x8058) = 1024 << 16 | 1024;
  r.word(0x805c) = 1023u << 16;
  r.word(0x8060) = 1023u << 16;
  r.word(0x8064) = 1;  // saturation on, flat ramp
  r.word(0x8068) = 30u << 16 | 17;
  r.word(0x806c) = r.word(0x8070) = 1024u << 16 | 1024;
}

void set_grid(IspRegisters& r, std::uint32_t engine, std::uint32_t columns, std::uint32_t rows,
              std::uint32_t first_x, std::uint32_t first_y, std::uint32_t zone_width,
              std::uint32_t zone_height) {
  r.word(engine + 0x04) = columns << 28 | first_x << 16 | rows << 12 | first_y;
  for (std::uint32_t i = 0; i < 4; ++i) {
    r.word(engine + 0x08 + 4 * i) = zone_width * 0x01010101u;
    r.word(engine + 0x18 + 4 * i) = zone_height * 0x01010101u;
  }
}

BayerFrame make_frame(std::uint32_t width, std::uint32_t height, unsigned bits,
                      const Scene& scene) {
  BayerFrame frame;
  frame.width = width;
  frame.height = height;
  frame.bits = bits;
  frame.codes.reserve(std::size_t{width} * height);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      frame.codes.push_back(static_cast<std::uint16_t>(scene(x, y)));
    }
  }
  return frame;
}

BayerFrame flat_colour(std::uint32_t width, std::uint32_t height, unsigned bits,
                       std::uint32_t order, std::uint32_t red, std::uint32_t green,
                       std::uint32_t blue) {
  constexpr const char* kPatterns[] = {"RGGB", "BGGR", "GRBG", "GBRG"};
  return make_frame(width, height, bits, [&](std::uint32_t x, std::uint32_t y) {
    const char colour = kPatterns[order][2 * (y % 2) + x % 2];
    return colour == 'R' ? red : colour == 'G' ? green : blue;
  });
}

BayerFrame random_frame(std::uint32_t width, std::uint32_t height, unsigned bits, unsigned seed) {
  std::mt19937 random(seed);
  return make_frame(width, height, bits,
                    [&](std::uint32_t, std::uint32_t) { return random() & ((1u << bits) - 1u); });
}

Result run(Pipeline& pipeline, const IspRegisters& registers, const BayerFrame& frame,
           PixelMemory* memory) {
  Result result;
  std::array<ChannelImage, kChannels> images;
  for (unsigned i = 0; i < kChannels; ++i) {
    const ChannelGeometry g = channel_geometry(registers, i);
    if (!g.valid || g.enlarges) continue;
    Picture& p = result.pictures[i];
    p = {g.width, g.height, g.luma_stride, g.chroma_stride, {}, {}};
    p.luma.assign(std::size_t{g.luma_stride} * (g.height + 1), Picture::kUntouched);
    p.chroma.assign(std::size_t{g.chroma_stride} * (g.height / 2 + 1), Picture::kUntouched);
    images[i] = {p.luma.data(), p.chroma.data()};
  }
  pipeline.process(registers, frame, images, &result.statistics, memory);
  return result;
}

Result run(const IspRegisters& registers, const BayerFrame& frame, Pipeline::Path path,
           unsigned threads) {
  Pipeline pipeline(path, threads);
  return run(pipeline, registers, frame);
}

}  // namespace t31::model
