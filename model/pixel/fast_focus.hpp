// SPDX-License-Identifier: GPL-2.0-or-later
// fast_focus.hpp - focus statistics of the fast path. Horizontal filters remember what came before
// in their row, so that vectors run over several rows at a time; vertical ones run along a row.
#pragma once

#include <vector>

#include "model/pixel/fast_yuv.hpp"
#include "model/pixel/focus.hpp"

namespace t31::model::pixel {

// Kernels.

// Rows [first, end) of luma, all of them within the grid; adds what the horizontal filters and luma
// itself count to the zones of their rows.
struct FocusRows {
  const FocusEngine* engine = nullptr;
  const FastPlane<Sample>* luma = nullptr;
  std::int32_t first = 0, end = 0;
};
void focus_across(const FocusRows& rows, FocusTotals& totals);

// Rows y - 2 ... y + 2 of luma. `detail` is scratch of a row.
struct FocusRow {
  const FocusEngine* engine = nullptr;
  std::array<const Sample*, 5> luma{};
};
void focus_down(const FocusRow& row, std::size_t width, std::uint8_t* detail, FocusZone* zones);

// What one worker has to itself.
class FastFocus {
 public:
  static constexpr std::int32_t kRows = 16;  // of a task

  void begin(std::int32_t width);
  void run(const FocusEngine& engine, const FastPlane<Sample>& luma, std::int32_t first,
           std::int32_t end);
  const FocusTotals& totals() const { return totals_; }

 private:
  FocusTotals totals_;
  std::int32_t width_ = 0;
  RowStore<std::uint8_t> bytes_;
  std::uint8_t* detail_ = nullptr;
};

}  // namespace t31::model::pixel
