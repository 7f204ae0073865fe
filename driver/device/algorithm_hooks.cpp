// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/algorithm_hooks.hpp"

#include <new>

#include "driver/base/math.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

constexpr u32 kMagic = 0x000336ac;
constexpr u32 kUnity = control::kUnityGain;

// A user struct filled word by word at documented byte offsets.
void put_word(u8* to, u32 value) {
  for (u32 i = 0; i < 4; ++i) to[i] = static_cast<u8>(value >> (8 * i));
}

struct AeOpen {
  u32 magic;
  u32 unused;
  u32 words[30];
};
static_assert(sizeof(AeOpen) == 128);

struct AeSettings {
  u32 magic, unused, change, unit, lines, again, sensor_dgain, isp_dgain;
  u32 short_exposure[4];
  u32 luma, scene_luma;
};
static_assert(sizeof(AeSettings) == 56);

struct AwbSettings {
  u32 magic, unused, change, red, blue, kelvin;
};
static_assert(sizeof(AwbSettings) == 24);

// Byte offsets of the statistics struct (2008 bytes).
enum : u32 {
  kAeBytes = 2008,
  kAeZones = 8,
  kAeHistogram = 0x38c,
  kAeBins = 0x78c,
  kAeUnit = 0x79c,
  kAeLines = 0x7a0,
  kAeAgain = 0x7a4,
  kAeDgain = 0x7a8,
  kAeIspDgain = 0x7ac,
  kAeShortLines = 0x7b0,
  kAeShortAgain = 0x7b4,
  kAeShortDgain = 0x7b8,
  kAeShortIspDgain = 0x7bc,
  kAeWdr = 0x7c0,
  kAeHts = 0x7c4,
  kAeVts = 0x7c8,
  kAeFps = 0x7cc,
  kAeWidth = 0x7d0,
  kAeHeight = 0x7d4
};

enum : u32 { kAwbBytes = 707, kAwbZones = 32 };

// Heap memory for one call.
class Scratch {
 public:
  explicit Scratch(u32 size) : memory_(static_cast<u8*>(t31_port_alloc(size))) {}
  ~Scratch() {
    if (memory_ != nullptr) t31_port_free(memory_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  u8* get() const { return memory_; }

 private:
  u8* memory_;
};

}  // namespace

bool AlgorithmHooks::handles(u32 command) {
  switch (command) {
    case T31_TX_ISP_AE_ALGO_OPEN:
    case T31_TX_ISP_AE_ALGO_GET:
    case T31_TX_ISP_AE_ALGO_SET:
    case T31_TX_ISP_AE_ALGO_CLOSE:
    case T31_TX_ISP_AWB_ALGO_OPEN:
    case T31_TX_ISP_AWB_ALGO_GET:
    case T31_TX_ISP_AWB_ALGO_SET:
    case T31_TX_ISP_AWB_ALGO_CLOSE:
      return true;
    default:
      return false;
  }
}

Status AlgorithmHooks::dispatch(u32 command, u32 argument) {
  switch (command) {
    case T31_TX_ISP_AE_ALGO_OPEN:
      return open_ae(argument);
    case T31_TX_ISP_AE_ALGO_GET:
      return get_ae(argument);
    case T31_TX_ISP_AE_ALGO_SET:
      return set_ae(argument);
    case T31_TX_ISP_AWB_ALGO_GET:
      return get_awb(argument);
    case T31_TX_ISP_AWB_ALGO_SET:
      return set_awb(argument);
    default:
      break;
  }
  Mutex::Guard guard(lock_);
  if (command == T31_TX_ISP_AWB_ALGO_OPEN) {
    awb_open_ = true;
    awb_seen_ = camera_.statistics_count();
    camera_.begin_external(Camera::External::kBalance);
  } else if (command == T31_TX_ISP_AWB_ALGO_CLOSE) {
    awb_open_ = false;
    camera_.end_external(Camera::External::kBalance);
  } else {
    ae_open_ = false;
    camera_.end_external(Camera::External::kExposure);
  }
  return kOk;
}

void AlgorithmHooks::close_all() {
  Mutex::Guard guard(lock_);
  if (ae_open_) camera_.end_external(Camera::External::kExposure);
  if (awb_open_) camera_.end_external(Camera::External::kBalance);
  ae_open_ = awb_open_ = false;
}

Status AlgorithmHooks::wait(bool AlgorithmHooks::*open, u32 AlgorithmHooks::*seen) {
  u32 last = 0;
  {
    Mutex::Guard guard(lock_);
    if (!(this->*open)) return Status::error(T31_EINVAL);
    last = this->*seen;
  }
  camera_.hear_external(open == &AlgorithmHooks::ae_open_ ? Camera::External::kExposure
                                                          : Camera::External::kBalance);
  if (Status status = camera_.wait_statistics(last); !status.ok()) return status;
  Mutex::Guard guard(lock_);
  this->*seen = camera_.statistics_count();
  return kOk;
}

Status AlgorithmHooks::open_ae(u32 argument) {
  AeOpen request;
  if (Status status = from_user(request, argument); !status.ok()) return status;
  if (request.magic != kMagic) return Status::error(T31_EPERM);
  const control::Exposure now = camera_.exposure();
  const control::ExposureLimits limits = camera_.exposure_limits();
  const t31_sensor_info sensor = camera_.sensors().info();
  const u32 words[30] = {0,
                         now.lines,
                         now.again,
                         now.sensor_dgain,
                         now.isp_dgain,
                         limits.min_lines,
                         kUnity,
                         kUnity,
                         kUnity,
                         limits.max_lines,
                         limits.max_again,
                         limits.max_sensor_dgain,
                         limits.max_isp_dgain,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         0,
                         sensor.fps,
                         0,
                         0,
                         0,
                         0};
  for (u32 i = 0; i < 30; ++i) request.words[i] = words[i];
  if (Status status = to_user(argument, request); !status.ok()) return status;
  camera_.begin_external(Camera::External::kExposure);
  Mutex::Guard guard(lock_);
  ae_open_ = true;
  ae_seen_ = camera_.statistics_count();
  return kOk;
}

Status AlgorithmHooks::get_ae(u32 argument) {
  if (Status status = wait(&AlgorithmHooks::ae_open_, &AlgorithmHooks::ae_seen_); !status.ok())
    return status;
  const Scratch out(kAeBytes);
  const Scratch scratch(sizeof(Picture));
  if (out.get() == nullptr || scratch.get() == nullptr) return Status::error(T31_ENOMEM);
  Picture& picture = *new (scratch.get()) Picture;
  camera_.picture(picture);
  const control::Exposure now = camera_.exposure();
  const t31_sensor_info sensor = camera_.sensors().info();
  u32 shorter[T31_AE_WORDS];
  camera_.exposure_block(shorter);
  u8* to = out.get();
  put_word(to, kMagic);
  put_word(to + 4, 0);
  for (u32 i = 0; i < control::kZones; ++i)
    put_word(to + kAeZones + 4 * i, picture.tables.exposure.zone_mean[i]);
  for (u32 i = 0; i < control::kBins; ++i)
    put_word(to + kAeHistogram + 4 * i, picture.tables.exposure.histogram[i]);
  control::HistogramBins bins;
  const control::MeteringSettings settings = camera_.metering();
  for (u32 i = 0; i < 4; ++i) bins.thresholds[i] = settings.thresholds[i];
  control::fold_histogram(picture.tables.exposure.histogram, bins);
  for (u32 i = 0; i < sizeof(bins); ++i) to[kAeBins + i] = reinterpret_cast<const u8*>(&bins)[i];
  const struct {
    u32 offset, value;
  } words[] = {{kAeUnit, 0},
               {kAeLines, now.lines},
               {kAeAgain, now.again},
               {kAeDgain, now.sensor_dgain},
               {kAeIspDgain, now.isp_dgain},
               {kAeShortLines, shorter[T31_AE_SHORT_INTEGRATION_TIME]},
               {kAeShortAgain, shorter[T31_AE_SHORT_AGAIN]},
               {kAeShortDgain, shorter[T31_AE_SHORT_DGAIN]},
               {kAeShortIspDgain, shorter[T31_AE_SHORT_ISP_DGAIN]},
               {kAeWdr, camera_.wdr() ? 1u : 0u},
               {kAeHts, sensor.total_width},
               {kAeVts, sensor.total_height},
               {kAeFps, sensor.fps},
               {kAeWidth, sensor.mbus_width},
               {kAeHeight, sensor.mbus_height}};
  for (const auto& word : words) put_word(to + word.offset, word.value);
  return t31_port_copy_to_user(argument, to, kAeBytes) == 0 ? kOk : Status::error(T31_EFAULT);
}

Status AlgorithmHooks::set_ae(u32 argument) {
  AeSettings settings;
  if (Status status = from_user(settings, argument); !status.ok()) return status;
  if (settings.change != 1) return kOk;
  {
    Mutex::Guard guard(lock_);
    if (!ae_open_) return Status::error(T31_EINVAL);
  }
  camera_.hear_external(Camera::External::kExposure);
  camera_.set_external_exposure(
      {settings.lines, settings.again, settings.sensor_dgain, settings.isp_dgain},
      {settings.short_exposure[0], settings.short_exposure[1], settings.short_exposure[3]});
  return kOk;
}

Status AlgorithmHooks::get_awb(u32 argument) {
  if (Status status = wait(&AlgorithmHooks::awb_open_, &AlgorithmHooks::awb_seen_); !status.ok()) {
    return status;
  }
  const Scratch out(kAwbBytes);
  const Scratch scratch(sizeof(Picture));
  if (out.get() == nullptr || scratch.get() == nullptr) return Status::error(T31_ENOMEM);
  Picture& picture = *new (scratch.get()) Picture;
  camera_.picture(picture);
  t31_white_balance balance{};
  camera_.white_balance(balance);
  control::AwbGains total;
  camera_.read_white_balance([&](const control::WhiteBalance& b) { total = b.automatic_gains(); });
  control::ColourRatios average;
  camera_.read_auto([&](const control::AutoControl& a) { average = a.balance().report().average; });
  u8* to = out.get();
  const u32 words[] = {kMagic,
                       0,
                       balance.rgain,
                       balance.bgain,
                       average.red_q8,
                       average.blue_q8,
                       control::awb_reciprocal(total.red),
                       control::awb_reciprocal(total.blue)};
  static_assert(sizeof(words) == kAwbZones);
  for (u32 i = 0; i < sizeof(words) / 4; ++i) put_word(to + 4 * i, words[i]);
  for (u32 i = 0; i < control::kZones; ++i) {
    to[kAwbZones + i] = picture.tables.balance.red[i];
    to[kAwbZones + control::kZones + i] = picture.tables.balance.green[i];
    to[kAwbZones + 2 * control::kZones + i] = picture.tables.balance.blue[i];
  }
  return t31_port_copy_to_user(argument, to, kAwbBytes) == 0 ? kOk : Status::error(T31_EFAULT);
}

Status AlgorithmHooks::set_awb(u32 argument) {
  AwbSettings settings;
  if (Status status = from_user(settings, argument); !status.ok()) return status;
  if (settings.change != 1) return kOk;
  {
    Mutex::Guard guard(lock_);
    if (!awb_open_) return Status::error(T31_EINVAL);
  }
  camera_.hear_external(Camera::External::kBalance);
  camera_.set_external_balance({min(settings.red, 0xffffu), min(settings.blue, 0xffffu)},
                               settings.kelvin);
  return kOk;
}

}  // namespace t31::device
