// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/frame_cut.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "model/core/line_format.hpp"

namespace t31::model {
namespace {

// All pixels in the order of arrival, and the distance at which lines are taken to start.
struct Stream {
  std::vector<std::uint16_t> codes;
  std::size_t pitch = 0;
};

Stream unpack(const FrameCut& cut, BayerFrame& frame) {
  Stream stream;
  stream.pitch = frame.width;
  if (cut.bits == frame.bits) {
    stream.codes.swap(frame.codes);
  } else {
    for (std::size_t y = 0; y < frame.height; ++y) {
      const auto line = std::span(frame.codes).subspan(y * frame.width, frame.width);
      const auto codes = unpack_line(pack_line(line, frame.bits), cut.bits);
      stream.codes.insert(stream.codes.end(), codes.begin(), codes.end());
      stream.pitch = codes.size();
    }
  }
  if (cut.words_per_line != line_words(frame.width, frame.bits))
    stream.pitch = std::size_t{cut.words_per_line} * 32 / cut.bits;
  return stream;
}

void cut_exposure(const FrameCut& cut, BayerFrame& frame) {
  const bool whole = cut.x == 0 && cut.y == 0 && cut.width == frame.width &&
                     cut.height == frame.height && cut.bits == frame.bits &&
                     cut.words_per_line == line_words(frame.width, frame.bits);
  if (whole) return;

  const Stream stream = unpack(cut, frame);
  frame.width = cut.width;
  frame.height = cut.height;
  frame.bits = cut.bits;
  frame.samples = cut.bits == 16 ? Samples::kYuv422 : Samples::kBayer;
  frame.codes.assign(std::size_t{frame.width} * frame.height, 0);
  const std::size_t within_line = cut.x < stream.pitch ? stream.pitch - cut.x : 0;
  for (std::size_t y = 0; y < frame.height; ++y) {
    const std::size_t first = std::min((y + cut.y) * stream.pitch + cut.x, stream.codes.size());
    const std::size_t count =
        std::min({std::size_t{frame.width}, within_line, stream.codes.size() - first});
    std::copy_n(stream.codes.begin() + static_cast<std::ptrdiff_t>(first), count,
                frame.codes.begin() + static_cast<std::ptrdiff_t>(y * frame.width));
  }
}

}  // namespace

void cut_frame(const FrameCut& cut, BayerFrame& frame) {
  if (!frame.short_codes.empty()) {
    BayerFrame shorter;
    shorter.width = frame.width;
    shorter.height = frame.height;
    shorter.bits = frame.bits;
    shorter.codes.swap(frame.short_codes);
    cut_exposure(cut, shorter);
    frame.short_codes.swap(shorter.codes);
  }
  cut_exposure(cut, frame);
}

}  // namespace t31::model
