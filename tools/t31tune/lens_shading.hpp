// SPDX-License-Identifier: GPL-2.0-or-later
// lens_shading.hpp - how a lens darkens its picture towards the corners, measured from a picture of
// an even surface, and the mesh of gains that makes up for it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "t31tune/raw_frame.hpp"

namespace t31::tune {

// A part of a flat-field capture.
struct ShadingBlock {
  double x, y;  // middle, pixels
  std::array<double, 3> level;
};

class LensShading {
 public:
  // From a flat-field capture. Throws Failure when it is clipped, dark or not of an even surface.
  static LensShading measure(const RawFrame& flat, const BlackLevel& black);

  // What light at a pixel is to be multiplied by. Green: 1 where it is brightest. Red and blue:
  // such that an even grey keeps its colour in the mean over the frame, because white balance is
  // measured before shading is corrected.
  double gain(std::size_t colour, double x, double y) const;
  double largest_gain(std::size_t colour) const;
  // Root mean square deviation of the capture from the smooth surface, as a share.
  double residual() const { return residual_; }

 private:
  static constexpr unsigned kDegree = 6;
  static constexpr std::size_t kTerms = (kDegree + 1) * (kDegree + 2) / 2;
  using Terms = std::array<double, kTerms>;
  Terms terms(double x, double y) const;
  double level(std::size_t colour, double x, double y) const;
  void keep_colour(std::span<const ShadingBlock> blocks);

  double width_ = 1, height_ = 1;  // pixels
  std::array<Terms, 3> coefficients_{};
  std::array<double, 3> unity_{1, 1, 1};  // the level that keeps its value
  double residual_ = 0;
};

// As the tuning file holds it (hw-blocks-raw-color 8.1).
struct ShadingMesh {
  std::uint32_t cell_width, cell_height;  // pixels
  std::uint32_t columns, rows;            // nodes
  std::uint32_t stride;                   // words of a row and colour
  std::uint32_t scale;                    // 1.0 is 2048 >> scale
  std::vector<std::uint32_t> words;

  double gain(std::size_t colour, std::uint32_t column, std::uint32_t row) const;
};
ShadingMesh make_mesh(const LensShading& shading, std::uint32_t width, std::uint32_t height);

}  // namespace t31::tune
