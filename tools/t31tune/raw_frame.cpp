// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/raw_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "common/errors.hpp"

namespace t31::tune {
namespace {

using tools::Failure;
using tools::UsageError;

// A long recording has no more to tell than its first frames.
constexpr unsigned kMostFrames = 64;

// Sensors saturate a little below the end of the range.
unsigned clipping_code(unsigned bits) {
  const unsigned top = (1u << bits) - 1;
  return top - top / 128;
}

unsigned code_at(const std::vector<std::uint8_t>& bytes, std::size_t index, bool words) {
  return words ? bytes[2 * index] | unsigned{bytes[2 * index + 1]} << 8 : bytes[index];
}

class Accumulator {
 public:
  Accumulator(const std::string& option, const std::string& path, RawFrame& frame)
      : option_(option), path_(path), frame_(frame), offsets_(site_offsets(frame.format.order)) {
    for (Plane& plane : frame.planes) plane = Plane(frame.cells_across(), frame.cells_down());
    frame.clipped.assign(std::size_t{frame.cells_across()} * frame.cells_down(), false);
  }

  void add(const std::vector<std::uint8_t>& bytes) {
    const tools::RawFormat& format = frame_.format;
    const unsigned clipping = clipping_code(format.bits);
    for (std::size_t site = 0; site < kSites; ++site) {
      Plane& plane = frame_.planes[site];
      for (std::uint32_t y = 0; y < plane.height; ++y) {
        const std::size_t row = std::size_t{2 * y + offsets_[site].y} * format.width;
        for (std::uint32_t x = 0; x < plane.width; ++x) {
          const unsigned code = code_at(bytes, row + 2 * x + offsets_[site].x, format.bits > 8);
          frame_.largest = std::max(frame_.largest, code);
          if (code >= clipping) frame_.clipped[std::size_t{y} * plane.width + x] = true;
          plane.at(x, y) += static_cast<float>(code);
        }
      }
    }
    if (frame_.largest > frame_.top_code()) {
      throw UsageError(fmt::format("{} {}: a sample of {} doesn't fit {} bits; check --raw-format",
                                   option_, path_, frame_.largest, format.bits));
    }
    ++frame_.frames;
  }

  void finish() {
    for (Plane& plane : frame_.planes) {
      for (float& value : plane.values) value /= static_cast<float>(frame_.frames);
    }
  }

 private:
  const std::string& option_;
  const std::string& path_;
  RawFrame& frame_;
  std::array<Offset, kSites> offsets_;
};

}  // namespace

std::array<Offset, kSites> site_offsets(const std::string& order) {
  std::array<Offset, kSites> offsets{};
  const auto place = [&](char letter) {
    const auto at = static_cast<std::uint32_t>(order.find(letter));
    return Offset{at % 2, at / 2};
  };
  offsets[kRed] = place('r');
  offsets[kBlue] = place('b');
  offsets[kGreenRed] = {1 - offsets[kRed].x, offsets[kRed].y};
  offsets[kGreenBlue] = {1 - offsets[kBlue].x, offsets[kBlue].y};
  return offsets;
}

RawFrame read_raw(const std::string& option, const std::string& path,
                  const tools::RawFormat& format) {
  tools::check_raw_file(option, path, format);
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw Failure(fmt::format("{} {}: {}", option, path, std::strerror(errno)));
  RawFrame frame;
  frame.format = format;
  Accumulator accumulator(option, path, frame);
  std::vector<std::uint8_t> bytes(tools::frame_bytes(format));
  const auto size = static_cast<std::streamsize>(bytes.size());
  while (frame.frames < kMostFrames && stream.read(reinterpret_cast<char*>(bytes.data()), size)) {
    accumulator.add(bytes);
  }
  if (frame.frames == 0) throw Failure(fmt::format("{} {}: can't be read", option, path));
  accumulator.finish();
  return frame;
}

}  // namespace t31::tune
