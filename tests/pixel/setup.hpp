// SPDX-License-Identifier: GPL-2.0-or-later
// setup.hpp - registers, frames and images for the tests of the pixel path.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "model/pixel/pipeline.hpp"

namespace t31::model {

// Bypass bits (register 0x000c).
enum Bypass : std::uint32_t {
  kBypassGib = 1u << 1,
  kBypassAwb = 1u << 2,
  kBypassDpc = 1u << 4,
  kBypassRdns = 1u << 5,
  kBypassLsc = 1u << 6,
  kBypassDmsc = 1u << 8,
  kBypassCcm = 1u << 9,
  kBypassGamma = 1u << 10,
  kBypassCsc = 1u << 12,
  kBypassBcsh = 1u << 16,
  kBypassAll = 0xffffffffu,
};

// Registers of a frame of width x height, Bayer code `order`: every block bypassed but demosaic and
// the conversion to YUV (BT.601 full), every channel 1:1 without filter, crop, masks, flips.
IspRegisters neutral_registers(std::uint32_t width, std::uint32_t height, std::uint32_t order = 0);

void enable(IspRegisters& registers, std::uint32_t bypass_bits);
void disable(IspRegisters& registers, std::uint32_t bypass_bits);

// Programs a channel as the driver does: scaled size with its steps, crop, strides.
void set_channel(IspRegisters& registers, unsigned channel, std::uint32_t scaled_width,
                 std::uint32_t scaled_height);
void set_crop(IspRegisters& registers, unsigned channel, std::uint32_t x, std::uint32_t y,
              std::uint32_t width, std::uint32_t height);
void set_window(IspRegisters& registers, std::uint32_t x, std::uint32_t y, std::uint32_t width,
                std::uint32_t height);

// Writes a gamma curve of 129 nodes, all colours.
void set_gamma(IspRegisters& registers, const std::function<std::uint32_t(unsigned)>& node);
// Sharpening of one kind, 0x4848 directional or 0x4860: strengths, limits and one weight (32 = 1.0)
// for details of every size.
void set_sharpening(IspRegisters& registers, std::uint32_t kind, std::uint32_t white,
                    std::uint32_t black, std::uint32_t most = 0xfff, std::uint32_t weight = 32);
// BCSH with identity matrix, unit gains, no offsets, full ranges.
void set_neutral_colour_control(IspRegisters& registers);
void set_grid(IspRegisters& registers, std::uint32_t engine, std::uint32_t columns,
              std::uint32_t rows, std::uint32_t first_x, std::uint32_t first_y,
              std::uint32_t zone_width, std::uint32_t zone_height);

// A frame with codes from a function of the position.
using Scene = std::function<std::uint32_t(std::uint32_t x, std::uint32_t y)>;
BayerFrame make_frame(std::uint32_t width, std::uint32_t height, unsigned bits, const Scene& scene);

// A Bayer frame of one colour seen through pattern `order` (0 ... 3), right-aligned codes.
BayerFrame flat_colour(std::uint32_t width, std::uint32_t height, unsigned bits,
                       std::uint32_t order, std::uint32_t red, std::uint32_t green,
                       std::uint32_t blue);
BayerFrame random_frame(std::uint32_t width, std::uint32_t height, unsigned bits, unsigned seed);

// An image of one channel, surrounded by guard bytes.
struct Picture {
  static constexpr std::uint8_t kUntouched = 0xa5;
  std::uint32_t width = 0, height = 0, luma_stride = 0, chroma_stride = 0;
  std::vector<std::uint8_t> luma, chroma;
  std::uint8_t y(std::uint32_t column, std::uint32_t row) const {
    return luma[row * luma_stride + column];
  }
  std::uint8_t u(std::uint32_t column, std::uint32_t row) const {
    return chroma[row * chroma_stride + 2 * column];
  }
  std::uint8_t v(std::uint32_t column, std::uint32_t row) const {
    return chroma[row * chroma_stride + 2 * column + 1];
  }
  bool operator==(const Picture&) const = default;
};

struct Result {
  std::array<Picture, kChannels> pictures;
  Statistics statistics;
};

// Runs one frame; every channel whose geometry is valid gets memory.
Result run(const IspRegisters& registers, const BayerFrame& frame,
           Pipeline::Path path = Pipeline::Path::kReference, unsigned threads = 1);
Result run(Pipeline& pipeline, const IspRegisters& registers, const BayerFrame& frame,
           PixelMemory* memory = nullptr);

}  // namespace t31::model
