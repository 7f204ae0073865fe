// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/lens_shading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/errors.hpp"
#include "t31tune/linear.hpp"

namespace t31::tune {
namespace {

using tools::Failure;

constexpr std::uint32_t kBlocks = 48;   // across the picture, for the fit
constexpr double kMostClipped = 0.002;  // of the cells
constexpr double kLeastLevel = 0.04;    // of the range above black, brightest place
constexpr double kMostGain = 8;         // towards the corners
constexpr double kMostResidual = 0.03;
constexpr double kOutlier = 3;                // times the residual: dust, a mark on the paper
constexpr std::uint32_t kMostWords = 2047;    // of a mesh
constexpr std::uint32_t kLargestGain = 4095;  // 12 bits

constexpr std::size_t kSitesOf[3][2] = {{kRed, kRed}, {kGreenRed, kGreenBlue}, {kBlue, kBlue}};

using Block = ShadingBlock;

// Means of even blocks of the picture, codes above black.
std::vector<Block> blocks_of(const RawFrame& flat, const BlackLevel& black) {
  const std::uint32_t across = std::min(kBlocks, flat.cells_across());
  const std::uint32_t size = flat.cells_across() / across;
  std::vector<Block> blocks;
  for (std::uint32_t top = 0; top + size <= flat.cells_down(); top += size) {
    for (std::uint32_t left = 0; left + size <= flat.cells_across(); left += size) {
      Block block{2.0 * left + size - 0.5, 2.0 * top + size - 0.5, {}};
      for (std::size_t colour = 0; colour < 3; ++colour) {
        for (const std::size_t site : kSitesOf[colour]) {
          double sum = 0;
          for (std::uint32_t y = top; y < top + size; ++y) {
            for (std::uint32_t x = left; x < left + size; ++x) sum += flat.planes[site].at(x, y);
          }
          block.level[colour] += (sum / (size * size) - black[site]) / 2;
        }
      }
      blocks.push_back(block);
    }
  }
  return blocks;
}

void check_exposure(const RawFrame& flat, const BlackLevel& black,
                    const std::vector<Block>& blocks) {
  const auto clipped =
      static_cast<double>(std::count(flat.clipped.begin(), flat.clipped.end(), true));
  const double share = clipped / static_cast<double>(flat.clipped.size());
  if (share > kMostClipped) {
    throw Failure(fmt::format("--flat: {:.1f} % of it is clipped; expose less", 100 * share));
  }
  for (std::size_t colour = 0; colour < 3; ++colour) {
    double brightest = 0;
    for (const Block& block : blocks) brightest = std::max(brightest, block.level[colour]);
    const double range = flat.top_code() - black[kSitesOf[colour][0]];
    if (brightest < kLeastLevel * range) {
      throw Failure(fmt::format(
          "--flat: too dark, {} reaches {:.1f} of {:.0f} codes above black; expose more",
          std::array{"red", "green", "blue"}[colour], brightest, range));
    }
  }
}

}  // namespace

// Products of Legendre polynomials over the picture.
LensShading::Terms LensShading::terms(double x, double y) const {
  const auto legendre = [](double at) {
    std::array<double, kDegree + 1> p{1, at};
    for (unsigned n = 1; n < kDegree; ++n) {
      p[n + 1] = ((2 * n + 1) * at * p[n] - n * p[n - 1]) / (n + 1);
    }
    return p;
  };
  const auto across = legendre(2 * (x + 0.5) / width_ - 1);
  const auto down = legendre(2 * (y + 0.5) / height_ - 1);
  Terms out;
  std::size_t at = 0;
  for (unsigned i = 0; i <= kDegree; ++i) {
    for (unsigned j = 0; i + j <= kDegree; ++j) out[at++] = across[i] * down[j];
  }
  return out;
}

double LensShading::level(std::size_t colour, double x, double y) const {
  const Terms term = terms(x, y);
  double sum = 0;
  for (std::size_t i = 0; i < kTerms; ++i) sum += coefficients_[colour][i] * term[i];
  return sum;
}

LensShading LensShading::measure(const RawFrame& flat, const BlackLevel& black) {
  LensShading shading;
  shading.width_ = flat.format.width;
  shading.height_ = flat.format.height;
  const std::vector<Block> blocks = blocks_of(flat, black);
  check_exposure(flat, black, blocks);
  for (std::size_t colour = 0; colour < 3; ++colour) {
    std::vector<bool> counts(blocks.size(), true);
    double deviation = 0;
    for (int round = 0; round < 3; ++round) {
      LeastSquares equations(kTerms);
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (counts[i]) {
          equations.add(shading.terms(blocks[i].x, blocks[i].y), blocks[i].level[colour]);
        }
      }
      const auto solution = equations.solve();
      if (!solution) throw Failure("--flat: too small a picture to measure shading in");
      std::copy(solution->begin(), solution->end(), shading.coefficients_[colour].begin());
      const auto off = [&](const Block& block) {
        const double smooth = shading.level(colour, block.x, block.y);
        return std::abs(block.level[colour] - smooth) / std::max(smooth, 1e-9);
      };
      double sum = 0;
      for (const Block& block : blocks) sum += off(block) * off(block);
      deviation = std::sqrt(sum / static_cast<double>(blocks.size()));
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        counts[i] = off(blocks[i]) <= kOutlier * deviation;
      }
    }
    shading.residual_ = std::max(shading.residual_, deviation);
    double brightest = 0, darkest = 1e300;
    for (const Block& block : blocks) {
      const double level = shading.level(colour, block.x, block.y);
      brightest = std::max(brightest, level);
      darkest = std::min(darkest, level);
    }
    if (shading.residual_ > kMostResidual || darkest * kMostGain < brightest) {
      throw Failure(fmt::format(
          "--flat: no even surface: brightness differs {:.1f} times, {:.1f} % from anything a lens "
          "does; photograph evenly lit paper or a diffuser, out of focus",
          darkest > 0 ? brightest / darkest : 99, 100 * shading.residual_));
    }
    shading.unity_[colour] = brightest;
  }
  shading.keep_colour(blocks);
  return shading;
}

void LensShading::keep_colour(std::span<const Block> blocks) {
  std::array<double, 3> mean{};
  for (const Block& block : blocks) {
    for (std::size_t c = 0; c < 3; ++c) mean[c] += level(c, block.x, block.y) / blocks.size();
  }
  const double green = mean[1] / unity_[1];
  for (const std::size_t c : {0, 2}) unity_[c] = mean[c] / green;
}

double LensShading::gain(std::size_t colour, double x, double y) const {
  const double share = level(colour, x, y) / unity_[colour];
  return std::clamp(1 / std::max(share, 1e-3), 0.5, 2 * kMostGain);
}

double LensShading::largest_gain(std::size_t colour) const {
  double largest = 1;
  for (const double x : {0.0, width_ - 1}) {
    for (const double y : {0.0, height_ - 1}) largest = std::max(largest, gain(colour, x, y));
  }
  return largest;
}

double ShadingMesh::gain(std::size_t colour, std::uint32_t column, std::uint32_t row) const {
  const std::uint32_t word = words[(row * stride + column / 2) * 3 + colour];
  return static_cast<double>(word >> (column % 2 * 12) & 0xfff) / (2048u >> scale);
}

ShadingMesh make_mesh(const LensShading& shading, std::uint32_t width, std::uint32_t height) {
  ShadingMesh mesh{};
  const auto nodes = [](std::uint32_t length, std::uint32_t cell) {
    return length / cell + 1 + (length % cell != 0 ? 1 : 0);
  };
  // About 40 by 30 cells, as fine as the memory allows; sizes are multiples of four pixels.
  for (std::uint32_t parts = 40;; --parts) {
    const auto cell = [&](std::uint32_t length, std::uint32_t count) {
      return std::max(8u, (length + count * 4 - 1) / (count * 4) * 4);
    };
    mesh.cell_width = cell(width, parts);
    mesh.cell_height = cell(height, parts * 3 / 4);
    mesh.columns = nodes(width, mesh.cell_width);
    mesh.rows = nodes(height, mesh.cell_height);
    mesh.stride = (mesh.columns + 1) / 2;
    if (3 * mesh.stride * mesh.rows <= kMostWords) break;
  }
  double largest = 1;
  for (std::size_t colour = 0; colour < 3; ++colour) {
    largest = std::max(largest, shading.largest_gain(colour));
  }
  while (mesh.scale < 3 && largest * (2048u >> mesh.scale) > kLargestGain) ++mesh.scale;
  mesh.words.assign(std::size_t{3} * mesh.stride * mesh.rows, 0);
  for (std::uint32_t row = 0; row < mesh.rows; ++row) {
    // An odd number of columns leaves half a word; it holds what the last column does.
    for (std::uint32_t column = 0; column < 2 * mesh.stride; ++column) {
      const double x = std::min(column, mesh.columns - 1) * static_cast<double>(mesh.cell_width);
      for (std::size_t colour = 0; colour < 3; ++colour) {
        const double gain = shading.gain(colour, x, static_cast<double>(row) * mesh.cell_height);
        const auto code = static_cast<std::uint32_t>(
            std::clamp(std::lround(gain * (2048u >> mesh.scale)), 0l, long{kLargestGain}));
        mesh.words[(row * mesh.stride + column / 2) * 3 + colour] |= code << (column % 2 * 12);
      }
    }
  }
  return mesh;
}

}  // namespace t31::tune
