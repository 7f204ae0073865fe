// SPDX-License-Identifier: GPL-2.0-or-later
// replay.cpp - a sensor that plays recorded raw frames. Its registers tell the driver what is on
// the film.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include "model/sensor/description.hpp"
#include "model/sensor/register_chip.hpp"

namespace t31::model {
namespace {

// Registers; multi-byte ones have the most significant byte first. All but those marked w are
// read-only.
constexpr std::uint16_t kChipId = 0x0000;  // 16 bits, "RP"
constexpr std::uint16_t kWidth = 0x0002;   // 16 bits
constexpr std::uint16_t kHeight = 0x0004;  // 16 bits
constexpr std::uint16_t kBits = 0x0006;
constexpr std::uint16_t kOrder = 0x0007;        // 0 RGGB, 1 BGGR, 2 GRBG, 3 GBRG
constexpr std::uint16_t kLineLength = 0x0008;   // 16 bits, clocks
constexpr std::uint16_t kFrameLength = 0x000a;  // 16 bits, lines; w
constexpr std::uint16_t kPixelClock = 0x000c;   // 32 bits, hertz
constexpr std::uint16_t kLanes = 0x0010;
constexpr std::uint16_t kSimulate = 0x0011;  // 1: exposure and gain act
constexpr std::uint16_t kStream = 0x0100;    // bit 0; w
constexpr std::uint16_t kExposure = 0x0200;  // 16 bits, lines; w
constexpr std::uint16_t kGain = 0x0202;      // 16 bits, 0x100 = 1x; w

constexpr std::uint32_t kId = 0x5250;
constexpr unsigned kLaneCount = 2;
constexpr std::uint32_t kHorizontalBlanking = 280;
constexpr std::uint32_t kVerticalBlanking = 64;
constexpr std::uint32_t kShortestBlanking = 16;
constexpr std::uint32_t kDefaultRate = 25;
constexpr std::uint32_t kExposureMargin = 4;
constexpr std::uint32_t kUnityGain = 0x100;
constexpr std::uint32_t kHighestGain = 0x2000;

struct Settings {
  std::uint32_t lines = 0;
  std::uint32_t gain = kUnityGain;
};

// The recording, read frame by frame.
class Film {
 public:
  explicit Film(const RawDescription& raw) : raw_(raw), stream_(raw.file, std::ios::binary) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(raw.file, error);
    if (error || !stream_) {
      refuse("can't be opened");
    }
    buffer_.resize(frame_bytes());
    frames_ = bytes / frame_bytes();
    if (frames_ == 0 || bytes % frame_bytes() != 0) {
      refuse("has " + std::to_string(bytes) + " bytes, not a whole number of frames of " +
             std::to_string(frame_bytes()) + " (" + std::to_string(raw.width) + "x" +
             std::to_string(raw.height) + " at " + std::to_string(raw.bits) + " bits)");
    }
    if (!load(0)) {
      refuse("can't be read");
    }
    check_alignment();
  }

  std::uint32_t highest_code() const { return (1U << raw_.bits) - 1; }

  // Frame `number` of the endless loop. A file that has become unreadable keeps the last good
  // frame.
  void read(std::uint64_t number, std::vector<std::uint16_t>& codes) {
    load(number % frames_);
    codes.resize(static_cast<std::size_t>(raw_.width) * raw_.height);
    if (raw_.bits == 8) {
      std::copy(buffer_.begin(), buffer_.end(), codes.begin());
      return;
    }
    for (std::size_t i = 0; i < codes.size(); ++i) {
      codes[i] = static_cast<std::uint16_t>(std::min(word(i), highest_code()));
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw std::invalid_argument("raw file " + raw_.file.string() + ": " + why);
  }

  std::size_t frame_bytes() const {
    return static_cast<std::size_t>(raw_.width) * raw_.height * (raw_.bits == 8 ? 1 : 2);
  }

  std::uint32_t word(std::size_t i) const {
    return buffer_[2 * i] | static_cast<std::uint32_t>(buffer_[2 * i + 1]) << 8;
  }

  bool load(std::uint64_t index) {
    if (index == loaded_) {
      return true;
    }
    std::vector<std::uint8_t> bytes(frame_bytes());
    stream_.clear();
    stream_.seekg(static_cast<std::streamoff>(index * bytes.size()));
    stream_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!stream_) {
      return false;
    }
    buffer_.swap(bytes);
    loaded_ = index;
    return true;
  }

  void check_alignment() const {
    for (std::size_t i = 0; raw_.bits > 8 && i < buffer_.size() / 2; ++i) {
      if (word(i) > highest_code()) {
        refuse("sample " + std::to_string(i) + " is " + std::to_string(word(i)) + ", more than " +
               std::to_string(raw_.bits) +
               " bits hold: samples must be little-endian and right-aligned");
      }
    }
  }

  const RawDescription raw_;
  std::ifstream stream_;
  std::uint64_t frames_ = 0;
  std::uint64_t loaded_ = ~0ULL;
  std::vector<std::uint8_t> buffer_;
};

class Replay final : public RegisterChip {
 public:
  explicit Replay(const SensorDescription& description)
      : raw_(*description.raw),
        simulate_(description.simulate_gain),
        lighting_(description.lighting),
        line_length_(raw_.width + kHorizontalBlanking),
        default_frame_length_(raw_.height + kVerticalBlanking),
        pixel_clock_(line_length_ * default_frame_length_ * kDefaultRate),
        film_(raw_),
        settings_(description.latency) {
    restore_defaults();
  }

  std::uint8_t i2c_address() const override { return 0x3d; }

  LinkFormat link() const override {
    constexpr std::uint64_t kMega = 1'000'000;
    const std::uint64_t bits_per_lane =
        static_cast<std::uint64_t>(pixel_clock_) * raw_.bits / kLaneCount;
    return {.lanes = kLaneCount,
            .mbps = static_cast<unsigned>((bits_per_lane + kMega - 1) / kMega),
            .bits = raw_.bits,
            .width = raw_.width,
            .height = raw_.height};
  }

  std::uint64_t frame_period_ns() const override {
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    return kNanoseconds * line_length_ * frame_length() / pixel_clock_;
  }

  void begin_frame(std::uint64_t number) override {
    frame_ = number;
    settings_.at_frame_start(number, {reg16(kExposure), reg16(kGain)});
    longest_ = frame_length() - kExposureMargin;
  }

  void render(BayerFrame& frame, unsigned /*threads*/) override {
    frame.width = raw_.width;
    frame.height = raw_.height;
    frame.bits = raw_.bits;
    film_.read(frame_, frame.codes);
    if (simulate_) {
      scale(frame.codes);
    }
  }

 private:
  std::uint32_t start_exposure() const { return default_frame_length_ / 2; }

  void restore_defaults() override {
    clear_registers();
    set_reg16(kChipId, kId);
    set_reg16(kWidth, raw_.width);
    set_reg16(kHeight, raw_.height);
    set_reg(kBits, static_cast<std::uint8_t>(raw_.bits));
    set_reg(kOrder, static_cast<std::uint8_t>(raw_.order));
    set_reg16(kLineLength, line_length_);
    set_reg16(kFrameLength, default_frame_length_);
    set_reg16(kPixelClock, pixel_clock_ >> 16);
    set_reg16(kPixelClock + 2, pixel_clock_ & 0xffff);
    set_reg(kLanes, kLaneCount);
    set_reg(kSimulate, simulate_ ? 1 : 0);
    set_reg16(kExposure, start_exposure());
    set_reg16(kGain, kUnityGain);
  }

  void write_register(std::uint16_t address, std::uint8_t value) override {
    const auto in = [address](std::uint16_t first, std::uint16_t bytes) {
      return address >= first && address < first + bytes;
    };
    if (in(kFrameLength, 2) || in(kStream, 1) || in(kExposure, 2) || in(kGain, 2)) {
      set_reg(address, value);
    }
  }

  bool stream_bit() const override { return (reg(kStream) & 1) != 0; }

  std::uint32_t frame_length() const {
    return std::max(reg16(kFrameLength), raw_.height + kShortestBlanking);
  }

  // The light above black as if exposure, gain and the level of light had been in the camera.
  void scale(std::vector<std::uint16_t>& codes) const {
    const Settings& settings = settings_.effective();
    const double exposure = static_cast<double>(std::min(settings.lines, longest_)) /
                            start_exposure() * std::min(settings.gain, kHighestGain) / kUnityGain;
    const double factor = exposure * light_at(lighting_, frame_).level;
    const std::uint32_t highest = film_.highest_code();
    std::vector<std::uint16_t> scaled(highest + 1);
    for (std::uint32_t code = 0; code <= highest; ++code) {
      const double value =
          std::clamp<double>(raw_.black + (code - raw_.black) * factor, 0, highest);
      scaled[code] = static_cast<std::uint16_t>(std::lround(value));
    }
    for (std::uint16_t& code : codes) {
      code = scaled[code];
    }
  }

  const RawDescription raw_;
  const bool simulate_;
  const Lighting lighting_;
  const std::uint32_t line_length_;
  const std::uint32_t default_frame_length_;
  const std::uint32_t pixel_clock_;
  Film film_;

  // Of the frame begun last.
  std::uint64_t frame_ = 0;
  SettingsDelay<Settings> settings_;
  std::uint32_t longest_ = 1;
};

}  // namespace

std::unique_ptr<Sensor> make_replay(const SensorDescription& description) {
  return std::make_unique<Replay>(description);
}

}  // namespace t31::model
