// SPDX-License-Identifier: GPL-2.0-or-later
// described_chip.cpp - any sensor that looks at a scene, its chip given as data.
#include <algorithm>
#include <bit>
#include <cmath>

#include "model/sensor/chip_description.hpp"
#include "model/sensor/description.hpp"
#include "model/sensor/lit_scene.hpp"
#include "model/sensor/register_chip.hpp"

namespace t31::model {
namespace {

struct Settings {
  double lines = 0;
  double gain = 1;
};

class DescribedChip final : public RegisterChip {
 public:
  explicit DescribedChip(const SensorDescription& description)
      : RegisterChip(description.chip->address_bytes, description.chip->data_bytes,
                     !description.chip->page.empty()),
        chip_(description.chip),
        seed_(description.seed),
        scene_(description, chip_->physics, chip_->link.width, chip_->link.height),
        settings_(description.latency) {
    view_.width = chip_->link.width;
    view_.height = chip_->link.height;
    restore_defaults();
  }

  std::uint8_t i2c_address() const override { return chip_->address; }
  void set_reset(bool high) override { RegisterChip::set_reset(chip_->resets_high ? !high : high); }
  bool resets_high() const override { return chip_->resets_high; }
  LinkFormat link() const override { return chip_->link; }

  std::uint64_t frame_period_ns() const override {
    constexpr double kNanoseconds = 1e9;
    return static_cast<std::uint64_t>(kNanoseconds * line_clocks() * frame_lines() /
                                      static_cast<double>(chip_->clock));
  }

  void begin_frame(std::uint64_t number) override {
    settings_.at_frame_start(number, {register_lines(), register_gain()});
    view_.mirror = field(chip_->mirror) != 0;
    view_.flip = field(chip_->flip) != 0;
    view_.order = turned(chip_->order, view_.mirror, view_.flip);
    line_clocks_ = line_clocks();
    longest_ = std::max(1.0, static_cast<double>(frame_lines()) - chip_->margin);
    const double line = line_clocks_ / static_cast<double>(chip_->clock);
    scene_.begin_frame(number, view_, {line, line * frame_lines()});
  }

  void render(BayerFrame& frame, unsigned threads) override {
    frame.width = chip_->link.width;
    frame.height = chip_->link.height;
    frame.bits = chip_->link.bits;
    frame.short_codes.clear();
    const Settings& settings = settings_.effective();
    const double lines = std::min(settings.lines, longest_);
    const double relative =
        chip_->exposure.empty() ? 1 : lines * line_clocks_ / chip_->start_clocks;
    scene_.expose({static_cast<std::uint32_t>(lines), relative, settings.gain, seed_}, frame.codes,
                  threads);
  }

 private:
  void restore_defaults() override {
    clear_registers();
    for (const auto& [address, value] : chip_->defaults) set_reg(address, value);
    for (const auto& [address, value] : chip_->id) set_reg(address, value);
  }

  bool is_id(std::uint16_t address) const {
    return std::any_of(chip_->id.begin(), chip_->id.end(),
                       [address](const auto& entry) { return entry.first == address; });
  }

  // Any bit of the field in what is written to `address`.
  static bool hits(const RegisterField& wanted, std::uint16_t address, std::uint8_t value) {
    return std::any_of(
        wanted.parts.begin(), wanted.parts.end(), [&](const RegisterField::Part& part) {
          return part.address == address && (value >> part.low & ((1U << part.bits) - 1)) != 0;
        });
  }

  // The page register is there on every page.
  std::uint16_t paged(std::uint16_t address) const override {
    if (chip_->page.empty() || address == chip_->page.parts[0].address) return address;
    return static_cast<std::uint16_t>(field(chip_->page) << 8 | address);
  }

  void write_register(std::uint16_t address, std::uint8_t value) override {
    if (hits(chip_->reset, address, value)) {
      restore_defaults();
    } else if (hits(chip_->group.launch, address, value)) {
      launch_group();
    } else if (!is_id(address)) {
      set_reg(address, value);
    }
  }

  void launch_group() {
    for (unsigned pair = 0; pair < chip_->group.pairs; ++pair) {
      const auto place = static_cast<std::uint16_t>(chip_->group.first + 2 * pair);
      const std::uint8_t address = reg(place);
      const bool in_group =
          address >= chip_->group.first && address < chip_->group.first + 2 * chip_->group.pairs;
      const bool launch = hits(chip_->group.launch, address, 0xff);
      if (!in_group && !launch) {
        write_register(address, reg(static_cast<std::uint16_t>(place + 1)));
      }
    }
  }

  bool stream_bit() const override {
    return chip_->stream.empty() || field(chip_->stream) == chip_->stream_value;
  }

  std::uint32_t field(const RegisterField& wanted) const {
    std::uint32_t value = 0;
    for (const RegisterField::Part& part : wanted.parts) {
      value = value << part.bits | (reg(part.address) >> part.low & ((1U << part.bits) - 1));
    }
    return value;
  }

  double line_clocks() const {
    return std::max(field(chip_->line_length) * chip_->line_scale,
                    double{1} * chip_->shortest_line);
  }
  std::uint32_t frame_lines() const {
    return std::max(field(chip_->frame_length), chip_->shortest_frame);
  }

  double register_lines() const {
    const std::uint32_t count = field(chip_->exposure);
    if (!chip_->exposure_back) return count * chip_->exposure_scale;
    const double used = double{1} * count + chip_->exposure_offset;
    return std::max(0.0, frame_lines() - used) * chip_->exposure_scale;
  }

  double register_gain() const {
    double gain = 1;
    for (const GainFactor& factor : chip_->gain) gain *= value_of(factor, field(factor.field));
    return gain;
  }

  static double value_of(const GainFactor& factor, std::uint32_t code) {
    switch (factor.kind) {
      case GainFactor::Kind::kUnit:
        return code / factor.unit;
      case GainFactor::Kind::kOctave: {
        const double octaves = std::floor(code / factor.unit);
        return std::exp2(octaves) * (1 + code / factor.unit - octaves);
      }
      case GainFactor::Kind::kDecibels:
        return std::pow(10.0, code * factor.unit / 20);
      case GainFactor::Kind::kDoublings:
        return std::exp2(std::popcount(code));
      case GainFactor::Kind::kCodes:
        break;
    }
    const auto above = factor.codes.upper_bound(code);
    return above == factor.codes.begin() ? above->second : std::prev(above)->second;
  }

  // The order of a picture read out from the other side, where the window doesn't move with it.
  BayerOrder turned(BayerOrder order, bool mirror, bool flip) const {
    if (!chip_->turns_order) return order;
    // Bit 0: columns change places, bit 1: lines do. RGGB 0, GRBG 1, GBRG 2, BGGR 3.
    static constexpr unsigned kPlace[] = {0, 3, 1, 2};
    static constexpr BayerOrder kOrder[] = {BayerOrder::kRggb, BayerOrder::kGrbg, BayerOrder::kGbrg,
                                            BayerOrder::kBggr};
    const unsigned place = kPlace[static_cast<unsigned>(order)];
    return kOrder[place ^ (mirror ? 1U : 0U) ^ (flip ? 2U : 0U)];
  }

  const std::shared_ptr<const ChipDescription> chip_;
  const std::uint64_t seed_;
  LitScene scene_;

  // Of the frame begun last.
  SettingsDelay<Settings> settings_;
  View view_{};
  double line_clocks_ = 1;
  double longest_ = 1;
};

}  // namespace

std::unique_ptr<Sensor> make_described(const SensorDescription& description) {
  return std::make_unique<DescribedChip>(description);
}

}  // namespace t31::model
