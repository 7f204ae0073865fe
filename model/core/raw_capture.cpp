// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/raw_capture.hpp"

#include <algorithm>

namespace t31::model {
namespace {

constexpr std::uint32_t kControl = 0x300;
constexpr std::uint32_t kSize = 0x304;
constexpr std::uint32_t kArm = 0x308;
constexpr std::uint32_t kStride = 0x310;
constexpr std::uint32_t kChromaStride = 0x314;
constexpr std::uint32_t kBankAddress = 0x318;
constexpr std::uint32_t kChromaAddress = 0x32c;
constexpr std::uint32_t kCompletedBank = 0x380;

constexpr std::uint32_t kEnable = 1u << 31;
constexpr unsigned kBanksShift = 16;
constexpr std::uint32_t kBanksMask = 0xf;
constexpr std::uint32_t kFormatMask = 7;
constexpr std::uint32_t kWords = 0;   // 16 bits per pixel
constexpr std::uint32_t kPlanes = 7;  // NV12
// From this count on the engine does not count down: it goes round its banks.
constexpr unsigned kEndless = 8;

}  // namespace

RawCapture& RawCapture::operator=(const RawCapture& other) {
  words_ = other.words_;
  bank_ = other.bank_;
  return *this;
}

std::uint32_t RawCapture::read(std::uint32_t offset) const {
  return word(offset);
}

void RawCapture::write(std::uint32_t offset, std::uint32_t value) {
  if (offset == kCompletedBank) return;
  word(offset) = value;
  if (offset == kArm) bank_ = 0;
}

unsigned RawCapture::banks_left() const {
  return word(kControl) >> kBanksShift & kBanksMask;
}

bool RawCapture::armed() const {
  const std::uint32_t format = word(kControl) & kFormatMask;
  return (word(kControl) & kEnable) && word(kArm) == 1 && banks_left() > 0 &&
         (format == kWords || format == kPlanes);
}

void RawCapture::write_words(const BayerFrame& frame, std::uint32_t columns, std::uint32_t rows) {
  const std::uint32_t stride = word(kStride);
  const auto target = environment_.memory(word(kBankAddress + 4 * bank_),
                                          std::uint64_t{stride} * (rows - 1) + 2 * columns);
  for (std::uint32_t y = 0; y < rows && !target.empty(); ++y) {
    for (std::uint32_t x = 0; x < columns; ++x) {
      const std::uint16_t code = frame.codes[std::size_t{y} * frame.width + x];
      target[std::size_t{y} * stride + 2 * x] = code & 0xff;
      target[std::size_t{y} * stride + 2 * x + 1] = code >> 8;
    }
  }
}

// Chroma is the mean of two rows, as on the way through the ISP. A mosaic is taken as there, too:
// luma without chroma.
void RawCapture::write_planes(const BayerFrame& frame, std::uint32_t columns, std::uint32_t rows) {
  const bool yuv = frame.samples == Samples::kYuv422;
  const unsigned shift = yuv ? 0 : frame.bits - 8;
  const std::uint32_t stride = word(kStride), chroma_stride = word(kChromaStride);
  const auto luma = environment_.memory(word(kBankAddress + 4 * bank_),
                                        std::uint64_t{stride} * (rows - 1) + columns);
  const auto chroma = environment_.memory(word(kChromaAddress + 4 * bank_),
                                          std::uint64_t{chroma_stride} * (rows / 2 - 1) + columns);
  if (luma.empty() || chroma.empty()) return;
  for (std::uint32_t y = 0; y < rows; ++y) {
    const std::uint16_t* codes = &frame.codes[std::size_t{y} * frame.width];
    const std::uint16_t* above = codes - (y % 2 == 0 ? 0 : frame.width);
    for (std::uint32_t x = 0; x < columns; ++x) {
      luma[std::size_t{y} * stride + x] = static_cast<std::uint8_t>(codes[x] >> shift);
      if (y % 2 == 0) continue;
      const unsigned both = (codes[x] >> 8) + (above[x] >> 8) + 1u;
      chroma[std::size_t{y / 2} * chroma_stride + x] =
          static_cast<std::uint8_t>(yuv ? both / 2 : 0);
    }
  }
}

void RawCapture::capture(const BayerFrame& frame) {
  const std::uint32_t width = word(kSize) >> 16, height = word(kSize) & 0xffff;
  const std::uint32_t columns = std::min(width, frame.width), rows = std::min(height, frame.height);
  const bool planes = (word(kControl) & kFormatMask) == kPlanes;
  if (planes && columns > 0 && rows > 1) write_planes(frame, columns, rows & ~1u);
  if (!planes && columns > 0 && rows > 0) write_words(frame, columns, rows);
  word(kCompletedBank) = word(kBankAddress + 4 * bank_);
  bank_ = (bank_ + 1) % kBanks;
  if (banks_left() < kEndless) word(kControl) -= 1u << kBanksShift;
}

}  // namespace t31::model
