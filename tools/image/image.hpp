// SPDX-License-Identifier: GPL-2.0-or-later
// image.hpp - pictures in memory and in files. All functions throw std::runtime_error with a
// message for people when a file can't be read or written.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace t31::image {

// 8-bit RGB, row by row without padding.
struct RgbImage {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> pixels;  // width * height * 3

  const std::uint8_t* at(std::uint32_t x, std::uint32_t y) const {
    return pixels.data() + (static_cast<std::size_t>(y) * width + x) * 3;
  }
};

void write_png(const std::string& path, const RgbImage& image);
void write_jpeg(const std::string& path, const RgbImage& image, int quality);
// 8-bit RGB whatever the file holds (grey, palette and 16 bit are converted, transparency is
// dropped).
RgbImage read_png(const std::string& path);

// An NV12 picture in memory: a plane of luma and one of U, V pairs at half the resolution.
struct Nv12View {
  std::uint32_t width = 0;   // even
  std::uint32_t height = 0;  // even
  std::uint32_t stride = 0;  // bytes per row of either plane
  const std::uint8_t* luma = nullptr;
  const std::uint8_t* chroma = nullptr;
};

// Which R'G'B' a Y'CbCr triple means; numbered as the CSC control (user-abi 3.3.4).
enum class ColourSpace { kBt601Full = 0, kBt601Limited = 1, kBt709Full = 2, kBt709Limited = 3 };

// Chroma is interpolated linearly; its samples lie in the middle of four luma samples.
RgbImage nv12_to_rgb(const Nv12View& view, ColourSpace space);

}  // namespace t31::image
