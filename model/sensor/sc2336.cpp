// SPDX-License-Identifier: GPL-2.0-or-later
// sc2336.cpp - SmartSens SC2336: 1920x1080, RAW10, two lanes.
#include <algorithm>
#include <bit>

#include "model/sensor/lit_scene.hpp"
#include "model/sensor/register_chip.hpp"

namespace t31::model {
namespace {

// Registers.
constexpr std::uint16_t kStream = 0x0100;       // bit 0
constexpr std::uint16_t kSoftReset = 0x0103;    // bit 0, self-clearing
constexpr std::uint16_t kChipId = 0x3107;       // 16 bits
constexpr std::uint16_t kLineLength = 0x320c;   // 16 bits, clocks
constexpr std::uint16_t kFrameLength = 0x320e;  // 16 bits, lines
constexpr std::uint16_t kReadout = 0x3221;      // bits 6:5 flip, 2:1 mirror
constexpr std::uint16_t kExposure = 0x3e00;     // lines: [3:0] << 12 | 0x3e01 << 4 | 0x3e02[7:4]
constexpr std::uint16_t kFineGain = 0x3e07;     // 0x80 = 1x, steps of 4
constexpr std::uint16_t kCoarseGain = 0x3e09;   // thermometer code, every bit doubles
constexpr std::uint16_t kTestPattern = 0x4501;  // bit 3: ramp instead of the picture
constexpr std::uint8_t kReadoutFlip = 0x60;
constexpr std::uint8_t kReadoutMirror = 0x06;
constexpr std::uint8_t kTestPatternRamp = 0x08;

constexpr std::uint32_t kId = 0xcb3a;
constexpr std::uint32_t kWidth = 1920;
constexpr std::uint32_t kHeight = 1080;
constexpr std::uint32_t kSystemClock = 81'000'000;  // line length counts these
constexpr std::uint32_t kExposureMargin = 4;        // lines of a frame that can't be exposure

// Power-on values: 30 frames per second. Not in any public document; the driver writes its own.
constexpr std::uint32_t kDefaultLineLength = 2250;
constexpr std::uint32_t kDefaultFrameLength = 1200;
// What the driver's register list starts with: 1195 lines of 2250 clocks at gain 1, the exposure at
// which an 18 % grey gives 18 % of full scale.
constexpr std::uint32_t kStartExposure = 1195;
constexpr double kStartClocks = kStartExposure * 2250.0;
// Shorter than this the chip can't read its lines out.
constexpr std::uint32_t kShortestLine = 1100;
constexpr std::uint32_t kShortestFrame = kHeight + 8;

// Typical of a 2.1 um pixel of this generation.
constexpr PixelPhysics kPhysics{
    .full_well = 6000, .read_noise = 2.0, .converter_noise = 0.5, .black_level = 65, .bits = 10};

struct Settings {
  std::uint32_t lines = 0;
  double gain = 1;
};

class Sc2336 final : public RegisterChip {
 public:
  explicit Sc2336(const SensorDescription& description)
      : seed_(description.seed),
        scene_(description, kPhysics, kWidth, kHeight),
        settings_(description.latency) {
    restore_defaults();
  }

  std::uint8_t i2c_address() const override { return 0x30; }

  LinkFormat link() const override {
    return {.lanes = 2, .mbps = 405, .bits = kPhysics.bits, .width = kWidth, .height = kHeight};
  }

  std::uint64_t frame_period_ns() const override {
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    return kNanoseconds * line_length() * frame_length() / kSystemClock;
  }

  void begin_frame(std::uint64_t number) override {
    settings_.at_frame_start(number, {register_exposure(), register_gain()});
    view_.mirror = (reg(kReadout) & kReadoutMirror) != 0;
    view_.flip = (reg(kReadout) & kReadoutFlip) != 0;
    ramp_ = (reg(kTestPattern) & kTestPatternRamp) != 0;
    line_clocks_ = line_length();
    longest_ = frame_length() - kExposureMargin;
    const double line = line_clocks_ / double{kSystemClock};
    scene_.begin_frame(number, view_, {line, line * frame_length()});
  }

  void render(BayerFrame& frame, unsigned threads) override {
    frame.width = kWidth;
    frame.height = kHeight;
    frame.bits = kPhysics.bits;
    if (ramp_) {
      render_ramp(frame);
      return;
    }
    const Settings& settings = settings_.effective();
    const std::uint32_t lines = std::min(settings.lines, longest_);
    const double relative = lines * static_cast<double>(line_clocks_) / kStartClocks;
    scene_.expose({lines, relative, settings.gain, seed_}, frame.codes, threads);
  }

 private:
  void restore_defaults() override {
    clear_registers();
    set_reg16(kChipId, kId);
    set_reg16(kLineLength, kDefaultLineLength);
    set_reg16(kFrameLength, kDefaultFrameLength);
    set_reg16(kExposure + 1, kStartExposure << 4);
    set_reg(kFineGain, 0x80);
  }

  void write_register(std::uint16_t address, std::uint8_t value) override {
    if (address == kSoftReset) {
      if ((value & 1) != 0) {
        restore_defaults();
      }
    } else if (address != kChipId && address != kChipId + 1) {
      set_reg(address, value);
    }
  }

  bool stream_bit() const override { return (reg(kStream) & 1) != 0; }

  std::uint32_t line_length() const { return std::max(reg16(kLineLength), kShortestLine); }
  std::uint32_t frame_length() const { return std::max(reg16(kFrameLength), kShortestFrame); }

  std::uint32_t register_exposure() const {
    return (reg(kExposure) & 0xfU) << 12 | static_cast<std::uint32_t>(reg(kExposure + 1)) << 4 |
           reg(kExposure + 2) >> 4;
  }

  double register_gain() const {
    const auto doublings = std::popcount(static_cast<unsigned>(reg(kCoarseGain) & 0x1f));
    const unsigned fine = (reg(kFineGain) | 0x80U) & 0xfcU;
    return (1U << doublings) * (fine / 128.0);
  }

  static void render_ramp(BayerFrame& frame) {
    frame.codes.resize(static_cast<std::size_t>(kWidth) * kHeight);
    for (std::uint32_t y = 0; y < kHeight; ++y) {
      std::uint16_t* row = frame.codes.data() + static_cast<std::size_t>(y) * kWidth;
      for (std::uint32_t x = 0; x < kWidth; ++x) {
        row[x] = static_cast<std::uint16_t>((x + y) & 0x3ff);
      }
    }
  }

  const std::uint64_t seed_;
  LitScene scene_;

  // Of the frame begun last. The readout window moves with the flips so that the first pixel stays
  // blue: the drivers of this family turn pictures without telling a new Bayer order.
  SettingsDelay<Settings> settings_;
  View view_{.width = kWidth, .height = kHeight, .order = BayerOrder::kBggr};
  bool ramp_ = false;
  std::uint32_t line_clocks_ = kDefaultLineLength;
  std::uint32_t longest_ = kDefaultFrameLength - kExposureMargin;
};

}  // namespace

std::unique_ptr<Sensor> make_sc2336(const SensorDescription& description) {
  return std::make_unique<Sc2336>(description);
}

}  // namespace t31::model
