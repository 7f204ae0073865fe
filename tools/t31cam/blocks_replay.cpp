// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/blocks_replay.hpp"

#include <fmt/format.h>

#include <memory>

#include "driver/blocks/block_set.hpp"
#include "driver/core/isp_top.hpp"
#include "driver/core/statistics_dma.hpp"
#include "driver/regs/statistics.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {
namespace {

constexpr std::uint32_t kIspBytes = 0x90000;

// Where controls and colours are tried.
constexpr std::uint32_t kBaseGain = 131072;
constexpr std::uint64_t kBaseExposure = 5120000;
constexpr std::uint32_t kBaseKelvin = 5000;

struct Control {
  const char* name;
  std::uint32_t id;
  blocks::Level level;  // kCount: it isn't one of the blocks'
};
constexpr Control kControls[] = {
    {"brightness", 0x980900, blocks::Level::kBrightness},
    {"contrast", 0x980901, blocks::Level::kContrast},
    {"saturation", 0x980902, blocks::Level::kSaturation},
    {"sharpness", 0x98091b, blocks::Level::kSharpness},
    {"hue", 0x8000101, blocks::Level::kHue},
    {"temper_strength", 0x8000085, blocks::Level::kTemper},
    {"sinter_strength", 0x8000086, blocks::Level::kSinter},
    {"dpc_strength", 0x8000062, blocks::Level::kDpc},
    {"drc_strength", 0x80000a2, blocks::Level::kDrc},
    {"defog_strength", 0x8000039, blocks::Level::kDefog},
    // Acts on exposure, which doesn't run here.
    {"ae_compensation", 0x8000023, blocks::Level::kCount},
};

// The driver's parts that a sensor's selection programs, as its session owns them.
class Blocks {
 public:
  Blocks(const BlocksOptions& options, const std::string& tuning_path);
  ~Blocks();
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;

  void init();
  void gain(std::uint32_t log2_q16);
  void exposure(std::uint64_t ev_q10);
  void kelvin(std::uint32_t kelvin);
  void level(blocks::Level level, std::uint8_t value);
  void colour_space(std::uint32_t version);
  void night(bool night);

 private:
  blocks::SensorMode mode_;
  input::PixelFormat format_;
  MappedWindow isp_;
  core::IspTop top_;
  core::StatisticsDma statistics_;
  tuning::TuningStore store_;
  std::unique_ptr<blocks::BlockSet> set_;
};

Blocks::Blocks(const BlocksOptions& options, const std::string& tuning_path)
    : mode_{.width = options.width,
            .height = options.height,
            .bayer = options.bayer,
            .wdr = options.wdr,
            .infrared = options.bayer >= 8,
            .fps = 25 << 16 | 1,
            .frame_length = options.frame_length},
      format_{.bayer_code = options.bayer, .infrared = mode_.infrared, .yuv = false} {
  const tuning::LoadResult result = store_.load(tuning_path.c_str());
  if (result != tuning::LoadResult::kLoaded) {
    throw Failure(
        fmt::format("tuning file {}: {}", options.tuning, tuning::load_result_text(result)));
  }
  if (!isp_.map(reg::kIspBase, kIspBytes, "isp")) throw Failure("the ISP can't be mapped");
  top_.attach(isp_.window());
  statistics_.attach(isp_.window());
  set_ = std::make_unique<blocks::BlockSet>(isp_.window());
}

Blocks::~Blocks() {
  statistics_.disable();
  statistics_.release();
}

void Blocks::init() {
  set_->forget();
  top_.begin(mode_.width, mode_.height, format_);
  set_->write_csc();
  set_->write_bypass(mode_, store_);
  top_.enable_engines(mode_.wdr);
  if (!statistics_.start().ok()) throw Failure("no memory for statistics");
  set_->init(mode_, store_);
  top_.finish(format_, mode_.wdr);
}

void Blocks::gain(std::uint32_t log2_q16) {
  set_->set_total_gain(log2_q16);
  set_->commit();
}

void Blocks::exposure(std::uint64_t ev_q10) {
  set_->set_exposure_value(ev_q10);
  set_->commit();
}

void Blocks::kelvin(std::uint32_t kelvin) {
  set_->set_colour_temperature(kelvin);
  set_->commit();
}

void Blocks::level(blocks::Level level, std::uint8_t value) {
  if (level == blocks::Level::kCount) return;
  set_->set_level(level, value);
  set_->commit();
}

void Blocks::colour_space(std::uint32_t version) {
  // The user's, 4, still holds the values of 0.
  constexpr std::uint32_t kUser = 4;
  t31_csc csc{};
  csc.mode = version % kUser;
  if (!set_->set_csc(csc).ok()) throw Failure("colour space refused");
  set_->commit();
}

void Blocks::night(bool night) {
  store_.select_night(night);
  set_->reload(store_);
}

using Mark = std::function<void(const std::string&)>;

void replay_events(Blocks& blocks, const Mark& mark) {
  for (const std::uint32_t gain : {0, 65536, 131072, 200000, 262144, 327680, 400000, 524288}) {
    mark(fmt::format("gain log2_q16={}", gain));
    blocks.gain(gain);
  }
  for (const std::uint64_t ev : {51200, 512000, 5120000, 51200000, 409600000}) {
    mark(fmt::format("ev q10={}", ev));
    blocks.exposure(ev);
  }
  for (const std::uint32_t kelvin : {2500, 3500, 4500, 5500, 7500}) {
    mark(fmt::format("ct kelvin={}", kelvin));
    blocks.kelvin(kelvin);
  }
  mark(fmt::format("base gain log2_q16={} then ev q10={} then ct kelvin={}", kBaseGain,
                   kBaseExposure, kBaseKelvin));
  blocks.gain(kBaseGain);
  blocks.exposure(kBaseExposure);
  blocks.kelvin(kBaseKelvin);
}

void replay_controls(Blocks& blocks, const Mark& mark) {
  for (const Control& control : kControls) {
    std::uint64_t ev = kBaseExposure;
    for (const std::uint8_t value : {0, 64, 128, 192, 255, 128}) {
      mark(fmt::format("control {} id={:#x} value={} then gain log2_q16={} then ev q10={}",
                       control.name, control.id, value, kBaseGain, ev));
      blocks.level(control.level, value);
      blocks.gain(kBaseGain);
      blocks.exposure(ev++);
    }
  }
}

}  // namespace

void replay_blocks(const BlocksOptions& options, const std::string& tuning_path, const Mark& mark) {
  Blocks blocks(options, tuning_path);
  mark("init");
  blocks.init();
  replay_events(blocks, mark);
  replay_controls(blocks, mark);
  for (const std::uint32_t version : {0, 1, 2, 3, 4, 0}) {
    mark(fmt::format("colour_space version={}", version));
    blocks.colour_space(version);
  }
  mark("night");
  blocks.night(true);
  mark("day");
  blocks.night(false);
  mark("end");
}

bool holds_buffer_address(std::uint32_t isp_offset) {
  namespace statistics = reg::statistics;
  const reg::Register* const rings[] = {
      &statistics::kAe0Zones,     &statistics::kAe0Histogram, &statistics::kAe1Zones,
      &statistics::kAe1Histogram, &statistics::kAwbZones,     &statistics::kAdrAddress,
      &statistics::kDefogAddress, &statistics::kAfZones,      &statistics::kWdrAddress};
  for (const reg::Register* const ring : rings) {
    for (std::uint32_t i = 0; i < statistics::kRing; ++i) {
      if (ring->at(i) == isp_offset) return true;
    }
  }
  return false;
}

}  // namespace t31::cam
