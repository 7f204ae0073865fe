// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/raw_capture.hpp"

#include <algorithm>

namespace t31::model {
namespace {

constexpr std::uint32_t kControl = 0x300;
constexpr std::uint32_t kSize = 0x304;
constexpr std::uint32_t kArm = 0x308;
constexpr std::uint32_t kStride = 0x310;
constexpr std::uint32_t kBankAddress = 0x318;
constexpr std::uint32_t kCompletedBank = 0x380;

constexpr std::uint32_t kEnable = 1u << 31;
constexpr unsigned kBanksShift = 16;
constexpr std::uint32_t kBanksMask = 0xf;
constexpr std::uint32_t kFormatMask = 7;  // 0: raw, 16 bits per pixel
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
  return (word(kControl) & kEnable) && word(kArm) == 1 && banks_left() > 0 &&
         (word(kControl) & kFormatMask) == 0;
}

void RawCapture::capture(const BayerFrame& frame) {
  const std::uint32_t width = word(kSize) >> 16, height = word(kSize) & 0xffff;
  const std::uint32_t stride = word(kStride);
  const std::uint32_t address = word(kBankAddress + 4 * bank_);
  const std::uint32_t columns = std::min(width, frame.width), rows = std::min(height, frame.height);
  if (columns > 0 && rows > 0) {
    const auto target =
        environment_.memory(address, std::uint64_t{stride} * (rows - 1) + 2 * columns);
    for (std::uint32_t y = 0; y < rows && !target.empty(); ++y) {
      for (std::uint32_t x = 0; x < columns; ++x) {
        const std::uint16_t code = frame.codes[std::size_t{y} * frame.width + x];
        target[std::size_t{y} * stride + 2 * x] = code & 0xff;
        target[std::size_t{y} * stride + 2 * x + 1] = code >> 8;
      }
    }
  }
  word(kCompletedBank) = address;
  bank_ = (bank_ + 1) % kBanks;
  if (banks_left() < kEndless) word(kControl) -= 1u << kBanksShift;
}

}  // namespace t31::model
