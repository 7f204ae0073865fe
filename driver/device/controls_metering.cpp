// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of automatic exposure beside the exposure itself: targets, weights, limits; and of focus
// (user-abi 3.3.3, 3.3.4; ae-awb-af 2.9). Lists go into every bank, above the tuning file.
#include "driver/device/controls.hpp"
#include "driver/device/snapshot.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

using control::ExposureControl;
using tuning::Parameter;

constexpr u32 kLargestWeight = 8;
constexpr u32 kLargestStrength = 10;
constexpr u32 kLargestLuma = 255;

// Words of the scene weighting.
enum : u32 { kSceneMode = 0, kDarkWeight = 5, kBrightWeight = 6 };
constexpr u32 kManualScene = 1;

// Words of the focus arrays (ae-awb-af 5).
enum : u32 { kZoneTop = 0, kZoneRows = 1, kZoneLeft = 2, kZoneColumns = 3 };
enum : u32 { kTiltAlpha = 0, kTiltDelta = 2, kTiltTheta = 3 };
constexpr u32 kHighlightThreshold = 4;
constexpr u32 kFewestNodes = 5, kMostNodes = 15;
constexpr u32 kFirstFocusLine = 3, kFirstFocusColumn = 1;

Status check_weights(const t31_weights& weights) {
  for (const u8 weight : weights.zone) {
    if (weight > kLargestWeight) return Status::error(T31_EPERM);
  }
  return kOk;
}

}  // namespace

// ---- weights

// Stacks are small: lists of zones are handed on a row at a time.
constexpr u32 kWeightsAtOnce = 15;
static_assert(T31_ZONES % kWeightsAtOnce == 0);

// A list of 225 words, one a zone; `of` turns the user's weight into the array's.
template <typename Of>
Status Controls::write_weights(Parameter parameter, const t31_weights& weights, Of of) {
  u32 words[kWeightsAtOnce];
  Status status = kOk;
  for (u32 first = 0; first < T31_ZONES && status.ok(); first += kWeightsAtOnce) {
    for (u32 i = 0; i < kWeightsAtOnce; ++i) words[i] = of(weights.zone[first + i]);
    status = camera_.set_parameter(tuning::SetBy::kControl, parameter, first,
                                   {reinterpret_cast<const u8*>(words), sizeof(words)});
  }
  return status;
}

Status Controls::get_weights(u32 id, u32& value) {
  u32* const words = static_cast<u32*>(t31_port_alloc(T31_ZONES * sizeof(u32)));
  if (words == nullptr) return Status::error(T31_ENOMEM);
  const Status status =
      camera_.parameter(weights_of(id), {reinterpret_cast<u8*>(words), T31_ZONES * sizeof(u32)});
  t31_weights weights{};
  for (u32 i = 0; i < T31_ZONES; ++i) weights.zone[i] = static_cast<u8>(words[i]);
  t31_port_free(words);
  return status.ok() ? to_user(value, weights) : status;
}

Status Controls::set_weights(u32 id, u32 value) {
  t31_weights weights;
  Status status = from_user(weights, value);
  if (status.ok()) status = check_weights(weights);
  if (!status.ok()) return status;
  const auto same = [](u32 weight) { return weight; };
  status = write_weights(weights_of(id), weights, same);
  if (!status.ok() || id != T31_CONTROL_AE_REGION) return status;
  // The region of no interest is the rest.
  return write_weights(Parameter::kAeSceneRouiWeight, weights,
                       [](u32 weight) { return kLargestWeight - weight; });
}

Parameter Controls::weights_of(u32 id) {
  if (id == T31_CONTROL_AE_REGION) return Parameter::kAeSceneRoiWeight;
  return id == T31_CONTROL_FOCUS_WEIGHTS ? Parameter::kAfWeight : Parameter::kAeZoneWeight;
}

// ---- targets and scene

Status Controls::get_compensation(u32, u32& value) {
  value = camera_.metering().compensation;
  return kOk;
}

Status Controls::set_compensation(u32, u32 value) {
  if (value > kLargestLuma) return Status::error(T31_EPERM);
  camera_.change_metering(
      [&](control::MeteringSettings& settings) { settings.compensation = static_cast<u8>(value); });
  return kOk;
}

Status Controls::get_targets(u32, u32& value) {
  t31_ae_targets targets{};
  const Status status = camera_.parameter(
      Parameter::kAeAtList, {reinterpret_cast<u8*>(targets.luma), sizeof(targets.luma)});
  return status.ok() ? to_user(value, targets) : status;
}

Status Controls::set_targets(u32, u32 value) {
  t31_ae_targets targets;
  if (Status status = from_user(targets, value); !status.ok()) return status;
  for (const u32 luma : targets.luma) {
    if (luma > kLargestLuma) return Status::error(T31_EPERM);
  }
  for (const Parameter list : {Parameter::kAeAtList, Parameter::kAeAtListWdr}) {
    const Status status =
        camera_.set_parameter(tuning::SetBy::kControl, list, 0,
                              {reinterpret_cast<const u8*>(targets.luma), sizeof(targets.luma)});
    if (!status.ok()) return status;
  }
  return kOk;
}

// Highlight depress and backlight compensation weight the bright and the dark end of the same scene
// measure: each switches the other off (hw-blocks-detail-tone 8.7, 8.8).
Status Controls::get_scene(u32 id, u32& value) {
  const u32 mode = camera_.parameter_word(Parameter::kAeScenePare, kSceneMode);
  const u32 word = id == T31_CONTROL_BACKLIGHT ? kDarkWeight : kBrightWeight;
  const u32 weight = camera_.parameter_word(Parameter::kAeScenePare, word);
  value = mode == 0 || weight == 0 ? 0 : weight - 1;
  return kOk;
}

Status Controls::set_scene(u32 id, u32 value) {
  if (value > kLargestStrength) return Status::error(T31_EPERM);
  const bool backlight = id == T31_CONTROL_BACKLIGHT;
  ParameterWord words[6];
  u32 count = 0;
  for (const Parameter list : {Parameter::kAeScenePare, Parameter::kAeScenePareWdr}) {
    words[count++] = {list, kSceneMode, kManualScene};
    words[count++] = {list, kDarkWeight, backlight ? value + 1 : 1};
    words[count++] = {list, kBrightWeight, backlight ? 1 : value + 1};
  }
  return camera_.set_parameter_words(words);
}

Status Controls::get_antiflicker(u32, u32& value) {
  value = camera_.metering().antiflicker;
  return kOk;
}

Status Controls::set_antiflicker(u32, u32 value) {
  constexpr u32 kOff = 0, k60Hz = 2;
  if (value > k60Hz) return Status::error(T31_EPERM);
  camera_.change_metering(
      [&](control::MeteringSettings& settings) { settings.antiflicker = static_cast<u8>(value); });
  const ParameterWord words[] = {{Parameter::kAeDeflickerPara, 0, value == kOff ? 0u : 1u},
                                 {Parameter::kAeFlickerT, 0, value == k60Hz ? 60u : 50u}};
  return camera_.set_parameter_words({words, value == kOff ? 1u : 2u});
}

// ---- limits

Status Controls::get_limit(u32 id, u32& value) {
  camera_.read_exposure([&](const ExposureControl& exposure) {
    const control::UserLimits& user = exposure.user_limits();
    value = id == T31_CONTROL_MAX_AGAIN   ? user.max_again(exposure.limits())
            : id == T31_CONTROL_MAX_DGAIN ? user.max_isp_dgain(exposure.limits())
                                          : user.max_lines(exposure.limits());
  });
  return kOk;
}

Status Controls::set_limit(u32 id, u32 value) {
  return camera_.change_exposure([&](ExposureControl& exposure) {
    control::UserLimits& user = exposure.user_limits();
    if (id == T31_CONTROL_MAX_AGAIN) return user.set_max_again(value);
    if (id == T31_CONTROL_MAX_DGAIN) return user.set_max_isp_dgain(value);
    return user.set_max_lines(value);
  });
}

Status Controls::get_minima(u32, u32& value) {
  control::UserLimits::Minima minima{};
  camera_.read_exposure([&](const ExposureControl& exposure) {
    minima = exposure.user_limits().minima(exposure.limits());
  });
  return to_user(value,
                 t31_ae_minima{minima.lines, minima.again, minima.short_lines, minima.short_again});
}

Status Controls::set_minima(u32, u32 value) {
  t31_ae_minima wanted;
  if (Status status = from_user(wanted, value); !status.ok()) return status;
  return camera_.change_exposure([&](ExposureControl& exposure) {
    return exposure.user_limits().set_minima(
        {wanted.lines, wanted.again, wanted.short_lines, wanted.short_again}, exposure.limits());
  });
}

Status Controls::get_freeze(u32, u32& value) {
  camera_.read_exposure([&](const ExposureControl& exposure) { value = exposure.frozen(); });
  return kOk;
}

Status Controls::set_freeze(u32, u32 value) {
  if (value > 1) return Status::error(T31_EPERM);
  return camera_.change_exposure([&](ExposureControl& exposure) {
    exposure.freeze(value == 1);
    return kOk;
  });
}

Status Controls::get_start_ev(u32, u32& value) {
  value = camera_.metering().start_ev;
  return kOk;
}

Status Controls::set_start_ev(u32, u32 value) {
  constexpr u32 kLargestEv = 0xffffffff >> 10;
  camera_.change_metering([&](control::MeteringSettings& settings) {
    settings.start_ev = value;
    settings.start_ev_pending = value != 0 && value <= kLargestEv;
  });
  return kOk;
}

// ---- focus

// What users read is shifted by their wish.
control::AfMeasurement Controls::focus_measured() const {
  control::AfMeasurement measured;
  camera_.read_auto([&](const control::AutoControl& automatic) { measured = automatic.focus(); });
  return measured.shifted(camera_.metering().focus_shift);
}

// The vendor's libraries disagree: the older ones expect the answer in place.
Status Controls::get_focus_metric(u32, u32& value) {
  if (!camera_.have(Statistic::kFocus)) return Status::error(T31_EPERM);
  const u32 metric = focus_measured().metric;
  if (value != 0) return to_user(value, metric);
  value = metric;
  return kOk;
}

Status Controls::get_focus_zones(u32, u32& value) {
  if (!camera_.have(Statistic::kFocus)) return Status::error(T31_EPERM);
  const Snapshot snapshot(camera_);
  if (snapshot.get() == nullptr) return Status::error(T31_ENOMEM);
  return to_user(value, snapshot.get()->tables.focus);
}

Status Controls::get_focus(u32, u32& value) {
  const control::MeteringSettings settings = camera_.metering();
  const auto word = [&](Parameter parameter, u32 index) {
    return camera_.parameter_word(parameter, index);
  };
  const control::AfMeasurement measured = focus_measured();
  t31_focus focus{};
  focus.metric = measured.metric;
  focus.metric_alt = measured.alternative;
  focus.enable = settings.focus_enable;
  focus.shift = settings.focus_shift;
  focus.frame = measured == control::AfMeasurement{} ? settings.focus_frame : measured.frame;
  focus.delta = static_cast<u16>(word(Parameter::kAfTilt, kTiltDelta));
  focus.theta = static_cast<u16>(word(Parameter::kAfTilt, kTiltTheta));
  focus.alpha_alt = static_cast<u16>(word(Parameter::kAfTilt, kTiltAlpha));
  focus.highlight = static_cast<u16>(word(Parameter::kAfThEn, kHighlightThreshold));
  focus.hstart = static_cast<u8>(word(Parameter::kAfZone, kZoneLeft));
  focus.vstart = static_cast<u8>(word(Parameter::kAfZone, kZoneTop));
  focus.columns = static_cast<u8>(word(Parameter::kAfZone, kZoneColumns));
  focus.rows = static_cast<u8>(word(Parameter::kAfZone, kZoneRows));
  return to_user(value, focus);
}

Status Controls::set_focus(u32, u32 value) {
  t31_focus focus;
  if (Status status = from_user(focus, value); !status.ok()) return status;
  // What a tuning file has is taken back, whatever it is: programs change one member and write all.
  const auto fits = [&](u32 nodes, u32 index) {
    return (nodes >= kFewestNodes && nodes <= kMostNodes) ||
           nodes == camera_.parameter_word(Parameter::kAfZone, index);
  };
  if (!fits(focus.columns, kZoneColumns) || !fits(focus.rows, kZoneRows))
    return Status::error(T31_EPERM);
  camera_.change_metering([&](control::MeteringSettings& settings) {
    settings.focus_enable = focus.enable;
    settings.focus_shift = focus.shift;
    settings.focus_frame = focus.frame;
  });
  const u32 left = focus.hstart < kFirstFocusColumn ? kFirstFocusColumn : focus.hstart;
  const u32 top = focus.vstart < kFirstFocusLine ? kFirstFocusLine : focus.vstart;
  const ParameterWord words[] = {{Parameter::kAfTilt, kTiltDelta, focus.delta},
                                 {Parameter::kAfTilt, kTiltTheta, focus.theta},
                                 {Parameter::kAfTilt, kTiltAlpha, focus.alpha_alt},
                                 {Parameter::kAfThEn, kHighlightThreshold, focus.highlight},
                                 {Parameter::kAfZone, kZoneLeft, left},
                                 {Parameter::kAfZone, kZoneTop, top},
                                 {Parameter::kAfZone, kZoneColumns, focus.columns},
                                 {Parameter::kAfZone, kZoneRows, focus.rows}};
  return camera_.set_parameter_words(words);
}

}  // namespace t31::device
