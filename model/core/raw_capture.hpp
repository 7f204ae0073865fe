// SPDX-License-Identifier: GPL-2.0-or-later
// raw_capture.hpp - the VIC's own DMA, which writes frames to memory past the ISP
// (hw-pipeline 3.8).
#pragma once

#include <array>
#include <cstdint>

#include "model/core/environment.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

class RawCapture {
 public:
  static constexpr std::uint32_t kFirstRegister = 0x300;
  static constexpr std::uint32_t kLastRegister = 0x380;

  explicit RawCapture(Environment& environment) : environment_(environment) {}

  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);
  void reset() { *this = RawCapture(environment_); }
  RawCapture& operator=(const RawCapture& other);

  // A frame is wanted: switched on, and banks are left.
  bool armed() const;
  // Writes the frame into the bank whose turn it is: 16-bit words, or two planes (NV12).
  void capture(const BayerFrame& frame);

 private:
  static constexpr unsigned kBanks = 5;
  unsigned banks_left() const;
  void write_words(const BayerFrame& frame, std::uint32_t columns, std::uint32_t rows);
  void write_planes(const BayerFrame& frame, std::uint32_t columns, std::uint32_t rows);
  std::uint32_t& word(std::uint32_t offset) { return words_[(offset - kFirstRegister) / 4]; }
  std::uint32_t word(std::uint32_t offset) const { return words_[(offset - kFirstRegister) / 4]; }

  Environment& environment_;
  std::array<std::uint32_t, (kLastRegister - kFirstRegister) / 4 + 1> words_{};
  unsigned bank_ = 0;
};

}  // namespace t31::model
