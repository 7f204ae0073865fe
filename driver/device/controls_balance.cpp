// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of white balance and their read-back (user-abi 3.3.2, ae-awb-af 4.5).
#include "driver/base/math.hpp"
#include "driver/device/controls.hpp"
#include "driver/device/snapshot.hpp"
#include "driver/device/user_memory.hpp"

namespace t31::device {
namespace {

using control::WhiteBalance;
using tuning::Parameter;

// Two values of 16 bits in one.
u32 pair(u32 red, u32 blue) {
  return (red << 16) + min(blue, 0xffffu);
}

// What the blocks' start state says of white balance: gain and target, each red and blue.
enum : u32 { kStartRed = 2, kStartBlue = 3, kStartRedInUse = 4, kStartBlueInUse = 5 };

}  // namespace

Status Controls::get_balance(u32, u32& value) {
  t31_white_balance balance{};
  camera_.white_balance(balance);
  return to_user(value, balance);
}

Status Controls::set_balance(u32, u32 value) {
  t31_white_balance balance;
  if (Status status = from_user(balance, value); !status.ok()) return status;
  return camera_.set_white_balance(balance);
}

Status Controls::get_balance_in_use(u32, u32& value) {
  control::AwbGains gains;
  camera_.read_white_balance([&](const WhiteBalance& b) { gains = b.automatic_gains(); });
  value = pair(control::awb_reciprocal(gains.red), control::awb_reciprocal(gains.blue));
  return kOk;
}

Status Controls::get_grey_world(u32, u32& value) {
  control::ColourRatios ratios;
  camera_.read_auto([&](const control::AutoControl& automatic) {
    ratios = automatic.balance().report().average;
  });
  value = pair(ratios.red_q8, ratios.blue_q8);
  return kOk;
}

Status Controls::get_awb_zones(u32, u32& value) {
  const Snapshot snapshot(camera_);
  if (snapshot.get() == nullptr) return Status::error(T31_ENOMEM);
  static_assert(sizeof(control::AwbStatistics) == 675);
  return to_user(value, snapshot.get()->tables.balance);
}

Status Controls::get_awb_start(u32, u32& value) {
  const Camera::WhiteBalanceStart start = camera_.white_balance_start();
  return to_user(value, t31_awb_start{start.red_q8, start.blue_q8});
}

Status Controls::set_awb_start(u32, u32 value) {
  t31_awb_start start;
  if (Status status = from_user(start, value); !status.ok()) return status;
  const Status status = camera_.change_white_balance(
      [&](WhiteBalance& balance) { return balance.set_start(start.red, start.blue); });
  if (!status.ok()) return status;
  const ParameterWord words[] = {{Parameter::kAwbMfPara, kStartRed, start.red},
                                 {Parameter::kAwbMfPara, kStartBlue, start.blue},
                                 {Parameter::kAwbMfPara, kStartRedInUse, start.red},
                                 {Parameter::kAwbMfPara, kStartBlueInUse, start.blue}};
  return camera_.set_parameter_words(words);
}

Status Controls::get_awb_algorithm(u32, u32& value) {
  camera_.read_white_balance([&](const WhiteBalance& balance) { value = balance.algorithm(); });
  return kOk;
}

// Grey world is a word of the light source list (ae-awb-af 4.1).
Status Controls::set_awb_algorithm(u32, u32 value) {
  constexpr u32 kGreyWorld = 1;
  constexpr u32 kGreyWorldWord = 19;
  const Status status = camera_.change_white_balance(
      [&](WhiteBalance& balance) { return balance.set_algorithm(value); });
  if (!status.ok()) return status;
  const ParameterWord words[] = {
      {Parameter::kAwbLightSrc, kGreyWorldWord, value == kGreyWorld ? 1u : 0u}};
  return camera_.set_parameter_words(words);
}

Status Controls::get_kelvin(u32, u32& value) {
  u32 kelvin = 0;
  camera_.read_white_balance([&](const WhiteBalance& balance) { kelvin = balance.kelvin(); });
  return to_user(value, kelvin);
}

Status Controls::set_kelvin(u32, u32 value) {
  u32 kelvin = 0;
  if (Status status = from_user(kelvin, value); !status.ok()) return status;
  return camera_.change_white_balance([&](WhiteBalance& balance) {
    balance.set_kelvin(kelvin);
    return kOk;
  });
}

Status Controls::get_clusters(u32, u32& value) {
  t31_awb_clusters clusters{};
  camera_.read_white_balance([&](const WhiteBalance& balance) { clusters = balance.clusters(); });
  return to_user(value, clusters);
}

Status Controls::set_clusters(u32, u32 value) {
  t31_awb_clusters clusters;
  if (Status status = from_user(clusters, value); !status.ok()) return status;
  return camera_.change_white_balance(
      [&](WhiteBalance& balance) { return balance.set_clusters(clusters); });
}

Status Controls::get_trend(u32, u32& value) {
  t31_awb_trend trend{};
  camera_.read_white_balance([&](const WhiteBalance& balance) { trend = balance.trend(); });
  return to_user(value, trend);
}

Status Controls::set_trend(u32, u32 value) {
  t31_awb_trend trend;
  if (Status status = from_user(trend, value); !status.ok()) return status;
  return camera_.change_white_balance(
      [&](WhiteBalance& balance) { return balance.set_trend(trend); });
}

}  // namespace t31::device
