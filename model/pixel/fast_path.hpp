// SPDX-License-Identifier: GPL-2.0-or-later
// fast_path.hpp - the pixel path on vectors and threads, bit for bit the reference.
#pragma once

#include <span>
#include <vector>

#include "model/pixel/fast_band.hpp"
#include "model/pixel/fast_channel.hpp"
#include "model/pixel/fast_detail.hpp"
#include "model/pixel/fast_focus.hpp"
#include "model/pixel/fast_yuv.hpp"
#include "model/pixel/workers.hpp"

namespace t31::model::pixel {

class FastPath {
 public:
  explicit FastPath(unsigned threads)
      : workers_(threads), benches_(workers_.count()), detail_(workers_) {}

  // Frames too small for its neighbourhoods, and settings that no tuning file uses, are left to the
  // reference.
  static bool takes(const Configuration& configuration) {
    const DefectPixels& defects = configuration.defect_pixels;
    return configuration.width >= 16 && configuration.height >= 16 &&
           (!defects.changes() || defects.plain()) && !configuration.infrared.active &&
           !configuration.colour_matrix.protects_dark() &&
           !configuration.lens_distortion.changes() && configuration.detail.plain();
  }
  void process(const Configuration& configuration, const BayerFrame& frame,
               std::span<const ChannelImage, kChannels> images, Statistics* statistics,
               PixelMemory* memory);

 private:
  // What one worker has to itself.
  struct Bench {
    Band band;
    FastFocus focus;
    ChannelScratch scratch;
  };
  std::int32_t band_height(std::int32_t height) const;
  void write_tone_totals(const Configuration& configuration, Statistics& statistics);
  FocusTotals measure_focus(const Configuration& configuration);

  Workers workers_;
  std::vector<Bench> benches_;
  GammaTables gamma_;
  ColourMapTable colour_map_;
  ToneTables tones_;
  FastYuv yuv_;
  FastDetail detail_;
  FastImage image_;
};

}  // namespace t31::model::pixel
