// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure, white balance and focus in the life of a frame: what they are told, and what
// becomes of what they decide (docs/auto.md).
#include "driver/base/math.hpp"
#include "driver/device/camera.hpp"

namespace t31::device {

using graph::State;

namespace {

constexpr u32 kValueQ = 10;

// Modes of exposure: day, night, custom, each with one or two exposures.
constexpr u32 kModesOfOne = 3;
constexpr u32 kNight = 1, kCustom = 2;

// Frame rates that are not whole numbers leave a line's time a little off: no reason to reckon
// anew.
constexpr u32 kSameRateShare = 200;

u32 lines_a_second(const t31_sensor_info& sensor) {
  const u32 denominator = sensor.fps & 0xffff;
  return denominator == 0 ? 0 : (sensor.fps >> 16) * sensor.total_height / denominator;
}

}  // namespace

u32 Camera::auto_mode() const {
  const u32 mode = tuning_.custom() ? kCustom : tuning_.night() ? kNight : 0;
  return wdr() ? mode + kModesOfOne : mode;
}

// ---- what they work with

void Camera::configure_auto(bool renewed) {
  auto_changed_ = balance_changed_ = false;
  if (!tuning_.active().present()) return;
  const t31_sensor_info sensor = sensors_.info();
  control::AutoSetup setup;
  setup.bank = tuning_.active();
  setup.wdr = wdr();
  setup.infrared = blocks_.sees_infrared();
  setup.width = sensor.mbus_width;
  setup.height = sensor.mbus_height;
  setup.limits = exposure_.limits();
  setup.rate = {sensor.fps >> 16, sensor.fps & 0xffff, sensor.total_height};
  setup.manual = exposure_.fixed();
  setup.compensation = metering_.compensation;
  auto_.configure(setup, renewed);
}

// A sensor has been selected: nothing that was learnt before means anything.
void Camera::reset_auto(const t31_sensor_info& sensor) {
  line_rate_ = lines_a_second(sensor);
  exposure_.start(sensor, tuning_.active());
  short_exposure_.start(exposure_.user_limits().short_limits(sensor, tuning_.active()));
  frame_exposure_ = exposure_.in_force();
  configure_auto(true);
  auto_.exposure().forget_modes();
  auto_.balance().start(white_balance_.start());
  white_balance_.set_automatic(auto_.balance().total_gains(), auto_.balance().kelvin());
}

void Camera::update_limits(const t31_sensor_info& sensor) {
  exposure_.set_limits(sensor, tuning_.active());
  short_exposure_.set_limits(exposure_.user_limits().short_limits(sensor, tuning_.active()));
  auto_changed_ = true;
}

// Limits, line and frame time are others.
void Camera::sensor_mode_changed(const t31_sensor_info& sensor) {
  update_limits(sensor);
  exposure_at_frame_start_.store(sensor.expo_fs != 0);
  const u32 rate = lines_a_second(sensor);
  if (rate != 0 && absolute_difference(rate, line_rate_) > line_rate_ / kSameRateShare) {
    auto_.exposure().rescale(rate, line_rate_);
    line_rate_ = rate;
  }
}

// Before the sensor streams: its first frame has this exposure.
void Camera::start_auto() {
  for (Picture::Origin& origin : picture_data_.of) origin = Picture::Origin{};
  configure_auto(balance_changed_);
  control::AutoControl& automatic = auto_;
  automatic.exposure().freeze(exposure_.held());
  const u32 wish = metering_.start_ev_pending ? metering_.start_ev : 0;
  metering_.start_ev_pending = false;
  const bool begun = white_balance_.start_given();
  const control::AeDecision decision = automatic.start(
      auto_mode(), wish << kValueQ, begun ? white_balance_.start() : automatic.balance().gains());
  white_balance_.set_automatic(automatic.balance().total_gains(), automatic.balance().kelvin());
  constexpr u32 kFirstFrame = 1;
  begin_exposure(decision, kFirstFrame);
  apply_white_balance();
}

// While the sensor stands still: `first_frame` is the first that it takes then. Whoever calls this
// sends the settings.
void Camera::begin_exposure(const control::AeDecision& decision, u32 first_frame) {
  exposure_delay_.clear();
  control::Exposure next =
      exposure_.held() ? exposure_.in_force() : exposure_.realise(decision.shares, sensors_);
  // An exposure that is held is in force already.
  const bool changed = !exposure_.held() || exposure_.pending();
  if (exposure_.held() && exposure_.pending()) next = exposure_.apply(sensors_);
  if (wdr() && (changed || short_exposure_.pending())) {
    short_exposure_.follow(next, tuning_.active());
    next.short_part = short_exposure_.apply(sensors_);
  }
  if (changed) apply_exposure(next);
  auto_.committed(next.bounded_value(), first_frame);
}

// Another bank, while frames run.
void Camera::restart_exposure() {
  if (state() != State::kRunning) return;
  const control::AeDecision decision = auto_.switch_mode(auto_mode());
  if (!exposure_.held()) return decide_exposure(decision);
  // What is held is told to the new bank's blocks all the same.
  queue_exposure(exposure_.pending() ? exposure_.apply(sensors_) : exposure_.in_force());
}

// ---- a frame

void Camera::step_auto(const ReadyStatistics& ready) {
  look_for_external();
  if (auto_changed_ || balance_changed_) configure_auto(balance_changed_);
  const ReadyStatistics::Entry& zones = ready.get(Statistic::kExposureZones);
  const ReadyStatistics::Entry& histogram = ready.get(Statistic::kHistogram);
  const ReadyStatistics::Entry& balance = ready.get(Statistic::kBalance);
  const ReadyStatistics::Entry& focus = ready.get(Statistic::kFocus);
  control::AutoInputs inputs;
  inputs.exposure_value = frame_exposure_.bounded_value();
  inputs.isp_gain = frame_exposure_.isp_dgain;
  inputs.frame = balance.frame;
  if (zones.ready && histogram.ready && zones.frame == histogram.frame) {
    inputs.exposure_zones = statistics_.ae_zones(zones.buffer);
    inputs.exposure_histogram = statistics_.ae_histogram(histogram.buffer);
    inputs.frame = zones.frame;
  }
  if (balance.ready) inputs.balance_zones = statistics_.awb_zones(balance.buffer);
  if (focus.ready) inputs.focus_zones = statistics_.af_zones(focus.buffer);
  const control::AutoDecisions decisions = auto_.frame(inputs, picture_data_.tables);
  decide_exposure(decisions.exposure);
  decide_balance(decisions);
  if (blocks_.sees_infrared() && inputs.exposure_histogram != nullptr) {
    blocks_.set_infrared(decisions.infrared);
  }
}

void Camera::decide_exposure(const control::AeDecision& decision) {
  if (exposure_.held()) {
    if (exposure_.pending() || (wdr() && short_exposure_.pending())) {
      queue_exposure(exposure_.apply(sensors_));
    }
  } else if (decision.changed) {
    queue_exposure(exposure_.realise(decision.shares, sensors_));
  } else if (wdr() && short_exposure_.pending()) {
    queue_exposure(exposure_.in_force());
  }
}

// The sensor thread sends it; the ISP's part follows for the frame that has it.
void Camera::queue_exposure(control::Exposure exposure) {
  if (wdr()) {
    short_exposure_.follow(exposure, tuning_.active());
    exposure.short_part = short_exposure_.apply(sensors_);
  }
  const u32 first = frames_started() + control::ExposureDelay::frames(sensors_.info());
  exposure_delay_.push(exposure, first);
  auto_.committed(exposure.bounded_value(), first);
  if (!exposure_at_frame_start_.load()) sensor_item_.queue(sensor_queue_);
}

void Camera::decide_balance(const control::AutoDecisions& decisions) {
  if (decisions.window_changed) {
    const control::AwbWindow& window = decisions.window;
    blocks_.set_balance_window({{window.red_ratio, window.blue_ratio, window.combined_low,
                                 window.combined_high, window.luma}});
  }
  const control::AwbController& balance = auto_.balance();
  if (!balance.report().valid) return;
  white_balance_.set_automatic(balance.total_gains(), balance.kelvin());
  if (!decisions.balance.changed && kelvin_followed_ == white_balance_.kelvin()) return;
  apply_white_balance();
  kelvin_followed_ = white_balance_.kelvin();
  blocks_.set_colour_temperature(kelvin_followed_);
}

// ---- algorithms of user space

void Camera::begin_external(External which) {
  Mutex::Guard guard(picture_);
  external_[static_cast<u32>(which)] = {true, false, t31_port_time_ns()};
  if (which != External::kExposure) return;
  exposure_.begin_external();
  short_exposure_.begin_external();
  auto_.exposure().freeze(true);
}

void Camera::end_external(External which) {
  Mutex::Guard guard(picture_);
  ExternalClient& client = external_[static_cast<u32>(which)];
  if (client.open) release_external(which);
  client = ExternalClient{};
}

void Camera::hear_external(External which) {
  Mutex::Guard guard(picture_);
  ExternalClient& client = external_[static_cast<u32>(which)];
  if (!client.open) return;
  client.heard_ns = t31_port_time_ns();
  if (!client.lost) return;
  client.lost = false;
  if (which != External::kExposure) return;
  exposure_.begin_external();
  short_exposure_.begin_external();
  auto_.exposure().freeze(true);
}

void Camera::set_external_exposure(const control::ExposureControl::Wish& wish,
                                   const control::ShortExposure::Wish& short_wish) {
  Mutex::Guard guard(picture_);
  exposure_.set_external(wish);
  short_exposure_.set_external(short_wish);
  commit_if_idle();
}

void Camera::set_external_balance(const control::AwbGains& gains, u32 kelvin) {
  Mutex::Guard guard(picture_);
  white_balance_.set_external(gains, kelvin);
  white_balance_changed();
}

// The driver's own goes on from what is in force.
void Camera::release_external(External which) {
  if (which == External::kBalance) {
    white_balance_.end_external();
    white_balance_changed();
    return;
  }
  exposure_.end_external();
  short_exposure_.end_external();
  auto_.exposure().freeze(exposure_.held());
}

void Camera::look_for_external() {
  constexpr u64 kPatienceNs = 2000000000;
  for (u32 i = 0; i < 2; ++i) {
    ExternalClient& client = external_[i];
    if (!client.open || client.lost) continue;
    if (t31_port_time_ns() - client.heard_ns < kPatienceNs) continue;
    client.lost = true;
    t31_port_log(T31_LOG_WARNING, "the program that decides %s is silent: the driver decides again",
                 i == 0 ? "exposure" : "white balance");
    release_external(static_cast<External>(i));
  }
}

}  // namespace t31::device
