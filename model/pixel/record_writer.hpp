// SPDX-License-Identifier: GPL-2.0-or-later
// record_writer.hpp - packs the records of the statistics engines as their DMA does.
#pragma once

#include <algorithm>
#include <cstdint>

namespace t31::model::pixel {

// Bytes of one zone's record.
inline constexpr std::uint32_t kRecordBytes = 16;

// Fills a record from its lowest bit upwards; a value too large for its field saturates.
class RecordWriter {
 public:
  explicit RecordWriter(std::uint8_t* record) : record_(record) {}
  void put(std::uint32_t value, unsigned bits) {
    value = std::min(value, (1u << bits) - 1u);
    for (unsigned i = 0; i < bits; ++i, ++position_) {
      if ((value >> i) & 1u)
        record_[position_ / 8] |= static_cast<std::uint8_t>(1u << position_ % 8);
    }
  }

 private:
  std::uint8_t* record_;
  unsigned position_ = 0;
};

}  // namespace t31::model::pixel
