// SPDX-License-Identifier: GPL-2.0-or-later
// jxf37.cpp - SOI JX-F37: 1920x1080, RAW10, two lanes; one exposure, or two line by line in turn.
#include <algorithm>

#include "model/sensor/lit_scene.hpp"
#include "model/sensor/register_chip.hpp"

namespace t31::model {
namespace {

// Registers, 8-bit addresses; of pairs the low byte comes first.
constexpr std::uint16_t kGain = 0x00;      // [6:0]: 2^(G >> 4) (1 + (G & 15) / 16), both exposures
constexpr std::uint16_t kExposure = 0x01;  // lines, 16 bits
constexpr std::uint16_t kShortExposure = 0x05;  // n: 2 n + 1 lines
constexpr std::uint16_t kExposures = 0x06;      // bit 0: two (assumption: the place is not public)
constexpr std::uint16_t kChipId = 0x0a;         // high byte first
constexpr std::uint16_t kControl = 0x12;        // bit 7 reset, bit 6 sleep, bit 4 flip
constexpr std::uint16_t kGroupLaunch = 0x1f;    // bit 7: writes the group, clears itself
constexpr std::uint16_t kLineLength = 0x20;     // half of the clocks, 16 bits
constexpr std::uint16_t kFrameLength = 0x22;    // lines, 16 bits
constexpr std::uint16_t kGroup = 0xc0;          // three pairs of address and value
constexpr std::uint8_t kControlReset = 0x80;
constexpr std::uint8_t kControlSleep = 0x40;
constexpr std::uint8_t kControlFlip = 0x10;

constexpr std::uint8_t kIdHigh = 0x0f, kIdLow = 0x37;
constexpr std::uint32_t kWidth = 1920;
constexpr std::uint32_t kHeight = 1080;
// Clocks that the line length counts. Two exposures: what 15 frames of 2300 x 2400 take.
constexpr std::uint64_t kClock = 129'600'000;
constexpr std::uint64_t kClockOfTwo = 82'800'000;
constexpr unsigned kLaneRate = 648, kLaneRateOfTwo = 300;
constexpr std::uint32_t kExposureMargin = 4;

constexpr std::uint32_t kDefaultLineLength = 3456;
constexpr std::uint32_t kDefaultFrameLength = 1500;
constexpr std::uint32_t kStartExposure = 600;
// An 18 % grey gives 18 % of full scale after so many seconds at gain 1.
constexpr double kStartSeconds = kStartExposure * double{kDefaultLineLength} / kClock;
constexpr std::uint32_t kShortestLine = 1100;
constexpr std::uint32_t kShortestFrame = kHeight + 8;

// Typical of a 2 um pixel of this generation; the black level is that of the tuning file.
constexpr PixelPhysics kPhysics{
    .full_well = 6000, .read_noise = 2.0, .converter_noise = 0.5, .black_level = 16, .bits = 10};

struct Settings {
  std::uint32_t lines = 0;
  std::uint32_t short_lines = 0;
  double gain = 1;
};

class Jxf37 final : public RegisterChip {
 public:
  explicit Jxf37(const SensorDescription& description)
      : RegisterChip(1),
        seed_(description.seed),
        scene_(description, kPhysics, kWidth, kHeight),
        settings_(description.latency) {
    restore_defaults();
  }

  std::uint8_t i2c_address() const override { return 0x40; }

  LinkFormat link() const override {
    LinkFormat link{.lanes = 2,
                    .mbps = two() ? kLaneRateOfTwo : kLaneRate,
                    .bits = kPhysics.bits,
                    .width = kWidth,
                    .height = kHeight};
    if (two()) {
      link.exposures = 2;
      // A line of the picture takes two line times, one for each exposure: the short one's line
      // can be read when it has been exposed after the long one's was read.
      link.short_delay = settings_.effective().short_lines / 2 + 1;
    }
    return link;
  }

  std::uint64_t frame_period_ns() const override {
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    return kNanoseconds * line_length() * frame_length() / clock();
  }

  void begin_frame(std::uint64_t number) override {
    settings_.at_frame_start(
        number, {reg16_low_first(kExposure), 2U * reg(kShortExposure) + 1, register_gain()});
    view_.flip = (reg(kControl) & kControlFlip) != 0;
    line_seconds_ = static_cast<double>(line_length()) / static_cast<double>(clock());
    longest_ = frame_length() - kExposureMargin;
    two_ = two();
    scene_.begin_frame(number, view_, {line_seconds_, line_seconds_ * frame_length()});
  }

  void render(BayerFrame& frame, unsigned threads) override {
    frame.width = kWidth;
    frame.height = kHeight;
    frame.bits = kPhysics.bits;
    const Settings& settings = settings_.effective();
    expose(std::min(settings.lines, longest_), 0, frame.codes, threads);
    if (two_) {
      expose(std::min(settings.short_lines, longest_), 1, frame.short_codes, threads);
    } else {
      frame.short_codes.clear();
    }
  }

 private:
  void restore_defaults() override {
    clear_registers();
    set_reg(kChipId, kIdHigh);
    set_reg(kChipId + 1, kIdLow);
    set_reg(kControl, kControlSleep);
    set_pair(kLineLength, kDefaultLineLength / 2);
    set_pair(kFrameLength, kDefaultFrameLength);
    set_pair(kExposure, kStartExposure);
  }

  void write_register(std::uint16_t address, std::uint8_t value) override {
    if (address == kControl && (value & kControlReset) != 0) {
      restore_defaults();
    } else if (address == kGroupLaunch) {
      set_reg(address, value & 0x7f);
      if ((value & 0x80) != 0) launch_group();
    } else if (address != kChipId && address != kChipId + 1) {
      set_reg(address, value);
    }
  }

  void launch_group() {
    for (std::uint16_t pair = kGroup; pair < kGroup + 6; pair += 2) {
      const std::uint8_t address = reg(pair);
      if (address < kGroup && address != kGroupLaunch) {
        write_register(address, reg(static_cast<std::uint16_t>(pair + 1)));
      }
    }
  }

  bool stream_bit() const override { return (reg(kControl) & kControlSleep) == 0; }
  bool two() const { return (reg(kExposures) & 1) != 0; }
  std::uint64_t clock() const { return two() ? kClockOfTwo : kClock; }

  std::uint32_t reg16_low_first(std::uint16_t address) const {
    return reg(address) | static_cast<std::uint32_t>(reg(static_cast<std::uint16_t>(address + 1)))
                              << 8;
  }
  void set_pair(std::uint16_t address, std::uint32_t value) {
    set_reg(address, static_cast<std::uint8_t>(value));
    set_reg(static_cast<std::uint16_t>(address + 1), static_cast<std::uint8_t>(value >> 8));
  }
  std::uint32_t line_length() const {
    return std::max(2 * reg16_low_first(kLineLength), kShortestLine);
  }
  std::uint32_t frame_length() const {
    const std::uint32_t rows = two() ? 2 * kShortestFrame : kShortestFrame;
    return std::max(reg16_low_first(kFrameLength), rows);
  }
  double register_gain() const {
    const unsigned code = reg(kGain) & 0x7fU;
    return (1U << (code >> 4)) * (1 + (code & 15) / 16.0);
  }

  // `exposure`: 0 the long one, 1 the short one, which has noise of its own.
  void expose(std::uint32_t lines, std::uint64_t exposure, std::vector<std::uint16_t>& codes,
              unsigned threads) {
    const std::uint64_t seed = seed_ + exposure * 0x9e3779b97f4a7c15U;
    scene_.expose({lines, lines * line_seconds_ / kStartSeconds, settings_.effective().gain, seed},
                  codes, threads);
  }

  const std::uint64_t seed_;
  LitScene scene_;

  // Of the frame begun last. As with the other sensors a flip leaves the Bayer order alone.
  SettingsDelay<Settings> settings_;
  View view_{.width = kWidth, .height = kHeight, .order = BayerOrder::kBggr};
  double line_seconds_ = 0;
  std::uint32_t longest_ = kDefaultFrameLength - kExposureMargin;
  bool two_ = false;
};

}  // namespace

std::unique_ptr<Sensor> make_jxf37(const SensorDescription& description) {
  return std::make_unique<Jxf37>(description);
}

}  // namespace t31::model
