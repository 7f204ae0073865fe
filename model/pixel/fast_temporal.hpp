// SPDX-License-Identifier: GPL-2.0-or-later
// fast_temporal.hpp - MDNS of the fast path: motion of whole rows, then, when all blocks are
// counted, the mixing.
#pragma once

#include <cstdint>
#include <vector>

#include "model/pixel/fast_yuv.hpp"
#include "model/pixel/temporal_store.hpp"

namespace t31::model::pixel {

// Kernels. `columns` are sums over the window's rows; rows start at column -FastPlane::kReach.

// Adds a row's differences to the columns, and takes another's away unless it is null.
struct LumaDifference {
  const Sample* current = nullptr;
  const std::uint8_t* stored = nullptr;
};
void slide_luma(const LumaDifference& entering, const LumaDifference& leaving, std::size_t samples,
                Sample* absolute, Sample* net);
struct ChromaDifference {
  const Sample *u = nullptr, *v = nullptr;
  const std::uint8_t* stored = nullptr;  // pairs
};
void slide_chroma(const ChromaDifference& entering, const ChromaDifference& leaving,
                  std::size_t pairs, Sample* absolute);
// Loss of weight at each sample. `moving` counts moving pixels by column.
void luma_motion(const TemporalDenoise& block, const Sample* absolute, const Sample* net,
                 std::size_t samples, std::uint8_t* loss, std::uint8_t* moving);
void chroma_motion(const TemporalDenoise& block, const Sample* absolute,
                   const std::uint8_t* luma_loss, std::size_t pairs, std::uint8_t* loss);
// What the neighbours would change of each sample; rows y - 2 ... y + 2.
void smoothing_row(const PictureSmoothing& block, const std::array<const Sample*, 5>& luma,
                   std::size_t samples, Sample* change);
// Mix in place. `rest`: weights of samples at rest; `change` may be null. Luma's loss becomes the
// weight.
struct MixRow {
  const ReferenceWeight* limits = nullptr;
  const TemporalAdjustments* adjust = nullptr;
  const std::uint8_t* rest = nullptr;
  const Sample *change = nullptr, *change_v = nullptr;  // of luma or U, of V
};
void mix_luma(const MixRow& row, std::size_t samples, Sample* luma, std::uint8_t* stored,
              std::uint8_t* loss);
void mix_chroma(const MixRow& row, const std::uint8_t* loss, std::size_t pairs, Sample* u,
                Sample* v, std::uint8_t* stored);

// Rows of one worker.
class TemporalRows {
 public:
  void reserve(std::int32_t width);
  // Row y of what is stored, padded. Good for the rows of one window.
  const std::uint8_t* luma(const TemporalMemory& memory, std::int32_t y);
  const std::uint8_t* chroma(const TemporalMemory& memory, std::int32_t y);
  // Forgets what it has copied.
  void begin();

  Sample *absolute = nullptr, *net = nullptr;
  std::uint8_t *moving = nullptr, *rest = nullptr, *scratch = nullptr;

 private:
  static constexpr std::int32_t kSlots = 16;  // more than a window has rows
  struct Ring {
    std::uint8_t* rows[kSlots] = {};
    std::int32_t number[kSlots] = {};
  };
  std::int32_t width_ = 0;
  RowStore<Sample> samples_;
  RowStore<std::uint8_t> bytes_;
  Ring luma_, chroma_;
};

class FastTemporal {
 public:
  FastTemporal(const TemporalDenoise& block, std::int32_t width, std::int32_t height,
               PixelMemory* memory)
      : block_(block),
        memory_(block, width, height, memory),
        width_(width),
        height_(height),
        first_(memory_.usable() && nothing_stored(block, memory_, width)) {}
  bool usable() const { return memory_.usable(); }
  // Bands begin at multiples of this.
  std::int32_t band_multiple() const { return block_.half_block > 0 ? block_.half_block : 2; }

  // One after the other: all bands, once, all bands. `weights`: loss, then the weight; `map` and
  // planes are kept between frames only to save their allocation.
  struct Frame {
    FastYuv* yuv = nullptr;
    const FastPlane<Sample>* luma = nullptr;  // sharpened
    FastPlane<std::uint8_t>*weights = nullptr, *chroma_loss = nullptr;
    RestMap* map = nullptr;
    // By the neighbours.
    const FastPlane<Sample>*changes = nullptr, *u_changes = nullptr, *v_changes = nullptr;
  };
  void begin(const Frame& frame) const { frame.map->resize(block_, width_, height_); }
  void measure(const Frame& frame, std::int32_t first, std::int32_t end, TemporalRows& rows) const;
  void count(const Frame& frame) const { frame.map->count(block_, memory_); }
  void mix(const Frame& frame, std::int32_t first, std::int32_t end, TemporalRows& rows) const;

 private:
  std::int32_t cell() const {
    return block_.half_block > 0 ? block_.half_block : std::max(width_, height_);
  }
  void measure_luma(const Frame& frame, std::int32_t first, std::int32_t end,
                    TemporalRows& rows) const;
  void measure_chroma(const Frame& frame, std::int32_t first, std::int32_t end,
                      TemporalRows& rows) const;
  void measure_changes(const PictureSmoothing& block, const FastPlane<Sample>& plane,
                       std::int32_t first, std::int32_t end,
                       const FastPlane<Sample>& changes) const;
  // Rest and loss of a row in the picture's corners.
  void ease_corners(const std::uint8_t* counts, std::uint8_t* rest, std::uint8_t* loss) const;
  void sum_cells(const Frame& frame, std::int32_t row, std::uint8_t* moving) const;
  void spread(const ReferenceWeight& limits, const std::uint8_t* counts, std::int32_t columns,
              std::int32_t edge, std::int32_t width, std::uint8_t* rest) const;

  const TemporalDenoise& block_;
  TemporalMemory memory_;
  std::int32_t width_, height_;
  bool first_;  // picture
};

}  // namespace t31::model::pixel
