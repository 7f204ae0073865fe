// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/parallel_port.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace t31::model {
namespace {

constexpr std::uint32_t kBt656 = 0, kBt601 = 1, kDvp = 3, kBt1120 = 4;  // 0x0c

// 0x10.
constexpr std::uint32_t kVsyncLow = 1u << 0;
constexpr std::uint32_t kHsyncLow = 1u << 1;
constexpr unsigned kOrderShift = 4;
constexpr std::uint32_t kOrderMask = 3;
constexpr std::uint32_t kWide = 1u << 11;
constexpr std::uint32_t kSony = 1u << 16;
constexpr unsigned kTypeShift = 17;
constexpr std::uint32_t kTypeMask = 7;
constexpr std::uint32_t kHighLines = 1u << 20;
constexpr std::uint32_t kComplete = 1u << 31;

// Status word 1.
constexpr std::uint32_t kHorizontalError = 1u << 10;
constexpr std::uint32_t kVerticalError = 1u << 14;
constexpr std::uint32_t kSyncError = 1u << 18;
constexpr std::uint32_t kCompletedError = 1u << 19;

// Pins of port A; D0 ... D11 are the first twelve.
constexpr std::uint32_t kDataPins = 0xfff;
constexpr std::uint32_t kClockPin = 1u << 14;
constexpr std::uint32_t kSyncPins = 1u << 16 | 1u << 17;
constexpr std::uint32_t kMipiPads = 0x3f;         // D0 ... D5
constexpr std::uint32_t kUpperHalf = 0xfu << 12;  // of 16 lines: no pins are documented

constexpr unsigned kLines = 12;

// How the VIC reads the lines.
struct Format {
  unsigned bits = 0;  // of a sample; 0: no such format
  unsigned first_line = 0;
  unsigned clocks = 1;  // of a pixel
  Samples samples = Samples::kBayer;
  bool swap_colours = false;  // blue on top
};

Format decode(std::uint32_t config) {
  const bool high = config & kHighLines;
  const auto upper = [high](unsigned bits) { return high ? kLines - bits : 0; };
  switch (config >> kTypeShift & kTypeMask) {
    case 0:
      return {8, upper(8)};
    case 1:
      return {10, upper(10)};
    case 2:
      return {12};
    case 3:  // only with 16 lines
      return config & kWide ? Format{16, 0, 1, Samples::kYuv422} : Format{};
    case 4:
      return {8, upper(8), 2, Samples::kRgb565};
    case 5:
      return {8, upper(8), 2, Samples::kRgb565, true};
    case 6:
      return {8, upper(8), 2, Samples::kYuv422};
    default:
      return {};
  }
}

// 0: the order in which such an interface has luma and chroma by itself.
unsigned order(const PortSettings& s) {
  return (s.config >> kOrderShift & kOrderMask) ^ (s.config & kWide ? 2 : 0);
}

std::uint32_t type_of(DataBus bus) {
  switch (bus) {
    case DataBus::kDvp:
      return kDvp;
    case DataBus::kBt601:
      return kBt601;
    case DataBus::kBt656:
      return kBt656;
    case DataBus::kBt1120:
      return kBt1120;
    case DataBus::kMipi:
      break;
  }
  return ~0u;
}

bool separate_syncs(std::uint32_t type) {
  return type == kDvp || type == kBt601;
}

unsigned clocks_sent(const ParallelLink& link) {
  return link.samples == Samples::kBayer || link.wide ? 1 : 2;
}

std::uint32_t lines_heard(const PortSettings& s, const PortPins& pins) {
  std::uint32_t lines = (pins.camera & kDataPins) | kUpperHalf;
  if (s.interface_type == kDvp && !pins.ttl) lines &= ~kMipiPads;
  return lines;
}

// One line as the words on the data lines, clock by clock.
void drive(const LinkFormat& link, const std::uint16_t* pixels, std::vector<std::uint32_t>& words) {
  words.clear();
  const bool chroma_first = link.bus != DataBus::kDvp;
  for (std::uint32_t x = 0; x < link.width; ++x) {
    const std::uint32_t code = pixels[x];
    if (clocks_sent(link.parallel) == 1) {
      words.push_back(code << link.parallel.first_line);
      continue;
    }
    std::uint32_t first = code & 0xff, second = code >> 8;
    if (chroma_first) std::swap(first, second);
    words.push_back(first << link.parallel.first_line);
    words.push_back(second << link.parallel.first_line);
  }
}

// A pixel of two bytes from its two clocks or its one.
std::uint16_t pair(const PortSettings& s, std::uint32_t first, std::uint32_t second) {
  if (s.interface_type != kDvp) std::swap(first, second);
  if (order(s) & 2) std::swap(first, second);
  return static_cast<std::uint16_t>(first | second << 8);
}

std::uint16_t red_on_top(std::uint16_t code) {
  return static_cast<std::uint16_t>((code & 0x07e0) | code >> 11 | (code & 0x1f) << 11);
}

void exchange_chroma(std::span<std::uint16_t> line) {
  for (std::size_t x = 0; x + 1 < line.size(); x += 2) {
    const int even = line[x], odd = line[x + 1];
    line[x] = static_cast<std::uint16_t>((even & 0xff) | (odd & 0xff00));
    line[x + 1] = static_cast<std::uint16_t>((odd & 0xff) | (even & 0xff00));
  }
}

void read_line(const PortSettings& s, const Format& format, std::uint32_t lines,
               std::span<const std::uint32_t> words, std::span<std::uint16_t> out) {
  const std::uint32_t mask = (1u << format.bits) - 1;
  const auto value = [&](std::size_t i) { return (words[i] & lines) >> format.first_line & mask; };
  const std::size_t pixels = std::min(out.size(), words.size() / format.clocks);
  for (std::size_t x = 0; x < pixels; ++x) {
    if (format.clocks == 2) {
      out[x] = pair(s, value(2 * x), value(2 * x + 1));
    } else {
      out[x] = static_cast<std::uint16_t>(value(x));
      if (format.bits == 16 && (order(s) & 2))
        out[x] = static_cast<std::uint16_t>(out[x] >> 8 | out[x] << 8);
    }
    if (format.swap_colours) out[x] = red_on_top(out[x]);
  }
  if (format.samples == Samples::kYuv422 && (order(s) & 1)) exchange_chroma(out);
}

bool hsync_right(const PortSettings& s, const LinkFormat& link) {
  return !separate_syncs(s.interface_type) ||
         ((s.config & kHsyncLow) != 0) == link.parallel.hsync_low;
}

// What is sampled is what was sent.
bool straight(const PortSettings& s, const LinkFormat& link, std::uint32_t lines) {
  const Format format = decode(s.config);
  const bool mosaic = link.parallel.samples == Samples::kBayer;
  const unsigned bits = mosaic ? link.bits : link.parallel.wide ? 16 : 8;
  const std::uint32_t needed = ((1u << bits) - 1) << link.parallel.first_line;
  return hsync_right(s, link) && format.bits == bits && format.samples == link.parallel.samples &&
         format.clocks == clocks_sent(link.parallel) &&
         format.first_line == link.parallel.first_line && !format.swap_colours &&
         (format.samples == Samples::kBayer || order(s) == 0) && (needed & ~lines) == 0 &&
         s.width == link.width && s.height == link.height;
}

// Why no sync arrives at all.
const char* silence(const PortSettings& s, const LinkFormat& link, const PortPins& pins) {
  const bool separate = separate_syncs(s.interface_type);
  if (link.exposures != 1) return "VIC: the parallel port takes one exposure; no frames";
  if (decode(s.config).bits == 0) return "VIC: no data type of the parallel port (0x10); no frames";
  if (!(pins.camera & kClockPin))
    return "VIC: the pixel clock's pin PA14 has another function; no frames";
  if (separate && (pins.camera & kSyncPins) != kSyncPins)
    return "VIC: the sync pins PA16, PA17 have another function; no frames";
  if (separate && !separate_syncs(type_of(link.bus)))
    return "VIC: separate syncs expected, the sensor embeds them; no frames";
  if (s.interface_type == kBt601 && !s.sync_windows)
    return "VIC: BT.601 without sync windows (0x1c, 0x30, 0x34, 0x38, 0x3c); no frames";
  return nullptr;
}

// Why no frame can be told from the syncs, and the error bit that says so.
PortIntake out_of_step(const PortSettings& s, const LinkFormat& link) {
  if (type_of(link.bus) != s.interface_type)
    return {false, "VIC: syncs of another interface (0x0c); no frames", kSyncError};
  if (s.interface_type == kDvp && ((s.config & kSony) != 0) != link.parallel.sony_timing)
    return {false, "VIC: the timing (0x10 bit 16) is not the sensor's; no frames", kSyncError};
  if (separate_syncs(s.interface_type) && ((s.config & kVsyncLow) != 0) != link.parallel.vsync_low)
    return {false, "VIC: wrong polarity of VSYNC; no frames", kVerticalError};
  return {true};
}

}  // namespace

PortIntake listen(const PortSettings& s, const LinkFormat& link, const PortPins& pins) {
  if (const char* why = silence(s, link, pins)) return {false, why};
  PortIntake intake = out_of_step(s, link);
  if (!intake.frame) return intake;

  const Format format = decode(s.config);
  // Syncs upside down: what is between the lines is taken for lines.
  const std::uint32_t clocks =
      hsync_right(s, link) ? link.width * clocks_sent(link.parallel) : link.parallel.blanking;
  intake.received = clocks / format.clocks;
  const std::uint32_t active = s.active & 0xffff;
  intake.expected = s.interface_type == kDvp ? active : active / 2;
  const std::uint32_t wanted = std::max(intake.expected, s.width);
  if (intake.received < wanted) {
    intake.errors |= s.config & kComplete ? kCompletedError : kHorizontalError;
  } else if (intake.received != intake.expected) {
    intake.errors |= kHorizontalError;
  }
  if (s.height > link.height) intake.errors |= kVerticalError;
  if (intake.errors != 0) intake.why = "VIC: lines or frames are not as long as the registers say";
  return intake;
}

Samples port_samples(const PortSettings& settings) {
  return decode(settings.config).samples;
}

void sample(const PortSettings& s, const LinkFormat& link, const PortPins& pins,
            BayerFrame& frame) {
  const std::uint32_t lines = lines_heard(s, pins);
  if (straight(s, link, lines)) return;
  const Format format = decode(s.config);
  BayerFrame out;
  out.width = s.width;
  out.height = s.height;
  out.bits = format.samples == Samples::kBayer ? format.bits : 16;
  out.samples = format.samples;
  out.codes.assign(std::size_t{s.width} * s.height, 0);
  std::vector<std::uint32_t> words;
  const std::uint32_t rows = hsync_right(s, link) ? std::min(s.height, link.height) : 0;
  for (std::size_t y = 0; y < rows; ++y) {
    drive(link, &frame.codes[y * link.width], words);
    read_line(s, format, lines, words, std::span(out.codes).subspan(y * s.width, s.width));
  }
  frame = std::move(out);
}

}  // namespace t31::model
