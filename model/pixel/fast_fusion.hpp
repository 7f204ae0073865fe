// SPDX-License-Identifier: GPL-2.0-or-later
// fast_fusion.hpp - fusion of two exposures with look-up tables and threads, bit for bit
// fusion.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/pixel/fusion.hpp"
#include "model/pixel/workers.hpp"

namespace t31::model::pixel {

class FastFusion {
 public:
  explicit FastFusion(unsigned threads) : workers_(threads) {}

  void begin(const Fusion& fusion);
  ExposurePlanes prepare(const BayerFrame& frame);
  Plane<std::uint16_t> fuse(const ExposurePlanes& planes);

 private:
  static constexpr std::size_t kCodes = 4096;
  using Table = std::array<std::uint16_t, kCodes>;
  // A code of the sensor behind its exposure's stages.
  struct Stage {
    std::vector<std::uint16_t> levelled, balanced;
  };

  void prepare_rows(const BayerFrame& frame, std::int32_t first, std::int32_t end,
                    ExposurePlanes& planes) const;
  void fuse_cells(const ExposurePlanes& planes, std::int32_t y, Plane<std::uint16_t>& out) const;
  void fill_stages(unsigned bits);
  std::int32_t weight(std::int32_t long_luma, std::int32_t short_luma) const;

  Workers workers_;
  const Fusion* fusion_ = nullptr;
  std::array<Table, Fusion::kColours> mapped_{};
  Table curve_{}, gamma_{}, threshold_{};
  std::array<std::int32_t, kCodes> range_{};
  std::array<std::array<Stage, 4>, 2> stages_;
};

}  // namespace t31::model::pixel
