// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/wiring.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "model/sensor/json_object.hpp"

namespace t31::model {
namespace {

constexpr unsigned kLines = 12;

template <typename Value, std::size_t kCount>
void choose(const Object& object, const char* key,
            const std::array<std::pair<const char*, Value>, kCount>& choices, Value& value) {
  if (!object.has(key)) return;
  std::string name, known;
  object.text(key, name);
  for (const auto& [choice, means] : choices) {
    if (name == choice) {
      value = means;
      return;
    }
    known += (known.empty() ? "" : ", ") + std::string(choice);
  }
  object.require(false, key, "one of " + known);
}

struct Rgb {
  int red = 0, green = 0, blue = 0;  // 8 bits
};

// BT.601, full range.
std::array<int, 3> yuv_of(const Rgb& c) {
  const auto rounded = [](int thousandths) { return (thousandths + 500) / 1000; };
  return {rounded(299 * c.red + 587 * c.green + 114 * c.blue),
          std::min(rounded(128'000 - 169 * c.red - 331 * c.green + 500 * c.blue), 255),
          std::min(rounded(128'000 + 500 * c.red - 419 * c.green - 81 * c.blue), 255)};
}

class WiredSensor final : public Sensor {
 public:
  WiredSensor(std::unique_ptr<Sensor> sensor, const Wiring& wiring, BayerOrder order)
      : sensor_(std::move(sensor)), wiring_(wiring), order_(order) {}

  std::uint8_t i2c_address() const override { return sensor_->i2c_address(); }
  bool i2c_write(std::span<const std::uint8_t> bytes) override { return sensor_->i2c_write(bytes); }
  bool i2c_read(std::span<std::uint8_t> bytes) override { return sensor_->i2c_read(bytes); }
  void set_master_clock(std::uint64_t hertz) override { sensor_->set_master_clock(hertz); }
  void set_reset(bool high) override { sensor_->set_reset(high); }
  bool resets_high() const override { return sensor_->resets_high(); }
  bool streaming() const override { return sensor_->streaming(); }
  std::uint64_t frame_period_ns() const override { return sensor_->frame_period_ns(); }
  void begin_frame(std::uint64_t number) override { sensor_->begin_frame(number); }

  LinkFormat link() const override {
    LinkFormat link = sensor_->link();
    link.bus = wiring_.bus;
    link.parallel = wiring_.link;
    if (wiring_.link.samples != Samples::kBayer) link.bits = 16;
    return link;
  }

  void render(BayerFrame& frame, unsigned threads) override {
    sensor_->render(frame, threads);
    if (wiring_.link.samples != Samples::kBayer) develop(frame);
  }

 private:
  Rgb cell(const BayerFrame& frame, std::uint32_t x, std::uint32_t y) const {
    int sum[3] = {};
    for (std::uint32_t i = 0; i < 4; ++i) {
      const std::uint32_t cx = std::min(x + i % 2, frame.width - 1);
      const std::uint32_t cy = std::min(y + i / 2, frame.height - 1);
      sum[static_cast<unsigned>(colour_at(order_, x + i % 2, y + i / 2))] +=
          frame.codes[std::size_t{cy} * frame.width + cx] >> (frame.bits - 8);
    }
    return {sum[0], sum[1] / 2, sum[2]};
  }

  // One word a pixel, as BayerFrame says.
  void develop(BayerFrame& frame) const {
    const bool yuv = wiring_.link.samples == Samples::kYuv422;
    std::vector<std::uint16_t> words(frame.codes.size());
    for (std::uint32_t y = 0; y < frame.height; ++y) {
      for (std::uint32_t x = 0; x < frame.width; ++x) {
        const Rgb c = cell(frame, x & ~1u, y & ~1u);
        const auto [luma, cb, cr] = yuv_of(c);
        const int word = yuv ? luma | (x % 2 == 0 ? cb : cr) << 8
                             : (c.red >> 3) << 11 | (c.green >> 2) << 5 | c.blue >> 3;
        words[std::size_t{y} * frame.width + x] = static_cast<std::uint16_t>(word);
      }
    }
    frame.codes.swap(words);
    frame.bits = 16;
    frame.samples = wiring_.link.samples;
  }

  std::unique_ptr<Sensor> sensor_;
  const Wiring wiring_;
  const BayerOrder order_;
};

}  // namespace

Wiring parse_wiring(const Json& json) {
  constexpr std::uint32_t kMostBlanking = 8192;
  const Object object(
      json, "port",
      {"bus", "first_line", "hsync", "vsync", "timing", "blanking", "samples", "wide"});
  Wiring wiring;
  choose<DataBus, 5>(object, "bus",
                     {{{"dvp", DataBus::kDvp},
                       {"bt601", DataBus::kBt601},
                       {"bt656", DataBus::kBt656},
                       {"bt1120", DataBus::kBt1120},
                       {"mipi", DataBus::kMipi}}},
                     wiring.bus);
  const bool dvp = wiring.bus == DataBus::kDvp;
  ParallelLink& link = wiring.link;
  link.samples = dvp ? Samples::kBayer : Samples::kYuv422;
  std::uint32_t line = 0;
  object.count("first_line", line, 0, kLines - 8);
  link.first_line = line;
  constexpr std::array<std::pair<const char*, bool>, 2> kLevels{{{"high", false}, {"low", true}}};
  choose(object, "hsync", kLevels, link.hsync_low);
  choose(object, "vsync", kLevels, link.vsync_low);
  choose<bool, 2>(object, "timing", {{{"href", false}, {"sony", true}}}, link.sony_timing);
  object.count("blanking", link.blanking, 0, kMostBlanking);
  choose<Samples, 3>(
      object, "samples",
      {{{"bayer", Samples::kBayer}, {"yuv422", Samples::kYuv422}, {"rgb565", Samples::kRgb565}}},
      link.samples);
  object.require(dvp || link.samples == Samples::kYuv422, "samples",
                 "yuv422 on a BT interface and on MIPI");
  for (const char* key : {"first_line", "hsync", "vsync", "timing", "blanking"}) {
    object.require(wiring.bus != DataBus::kMipi || !object.has(key), key,
                   "absent: MIPI has no such wires");
  }
  object.boolean("wide", link.wide);
  object.require(!link.wide || wiring.bus == DataBus::kBt601, "wide",
                 "false: BT.601 alone has 16 lines");
  return wiring;
}

std::unique_ptr<Sensor> make_wired(std::unique_ptr<Sensor> sensor, const Wiring& wiring,
                                   BayerOrder order) {
  return std::make_unique<WiredSensor>(std::move(sensor), wiring, order);
}

}  // namespace t31::model
