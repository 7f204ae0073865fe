// SPDX-License-Identifier: GPL-2.0-or-later
// chip.cpp - the chip that answers a driver: its identity, its picture, and the registers that
// drivers read without ever having written them.
#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "driver/input/sensor_api.h"
#include "sdk/exercise.hpp"

namespace t31::sdk {
namespace {

using Json = nlohmann::json;

// Line lengths after reset of chips whose drivers count on them; drivers divide by them. High byte,
// low byte, value (sensor-abi 5.1).
struct LineLength {
  const char* name;
  std::uint16_t high, low, value;
};
constexpr LineLength kLineLengths[] = {
    {"sc200ai", 0x320c, 0x320d, 1100}, {"sc201cs", 0x320c, 0x320d, 960},
    {"sc202cs", 0x320c, 0x320d, 1920}, {"sc2239", 0x320c, 0x320d, 2200},
    {"sc2335", 0x320c, 0x320d, 1100},  {"sc3336", 0x320c, 0x320d, 1250},
    {"sc3338", 0x320c, 0x320d, 1250},  {"sc401ai", 0x320c, 0x320d, 1400},
    {"cv2001", 0x3029, 0x3028, 1245},  {"os02d20", 0x8c, 0x8d, 2683},
    {"sc2336p", 0x320c, 0x320d, 2200}, {"sc3235", 0x320c, 0x320d, 2400},
    {"sc4335", 0x320c, 0x320d, 2700},  {"sc4336", 0x320c, 0x320d, 2800},
    {"sc4336p", 0x320c, 0x320d, 2800}, {"sc500ai", 0x320c, 0x320d, 1600},
    {"ov9732", 0x380c, 0x380d, 1478},  {"c23a98", 0x0342, 0x0343, 2270},
    {"os04b10", 0x8c, 0x8d, 1584},
};

constexpr std::uint32_t kMipiYuv = 7;  // sensor_csi_fmt

std::string hex(std::uint32_t value) {
  return fmt::format("0x{:02x}", value);
}

// Codes of the media bus as the sensor ABI has them; 0 RGGB ... in the model's order.
const char* order_of(std::uint32_t code) {
  switch (code) {
    case 0x3014:
    case 0x300f:
    case 0x3012:
      return "rggb";
    case 0x3002:
    case 0x300a:
    case 0x3011:
      return "grbg";
    case 0x3013:
    case 0x300e:
    case 0x3010:
      return "gbrg";
    default:
      return "bggr";
  }
}

unsigned bits_of(std::uint32_t code) {
  switch (code) {
    case 0x3001:
    case 0x3002:
    case 0x3013:
    case 0x3014:
      return 8;
    case 0x3008:
    case 0x3010:
    case 0x3011:
    case 0x3012:
      return 12;
    default:
      return 10;
  }
}

Json picture_of(const t31_sensor_info* info) {
  if (info == nullptr) return {{"width", 64}, {"height", 64}};
  Json picture = {{"width", info->mbus_width & ~1U},
                  {"height", info->mbus_height},
                  {"order", order_of(info->mbus_code)},
                  {"bits", bits_of(info->mbus_code)}};
  if (info->bus == T31_BUS_MIPI) {
    constexpr unsigned kBits[] = {8, 10, 12};
    picture["lanes"] = info->mipi.lanes;
    picture["mbps"] = info->mipi.mbps;
    if (info->mipi.csi_format < 3) picture["bits"] = kBits[info->mipi.csi_format];
    if (info->mipi.csi_format == kMipiYuv) picture["bits"] = 8;  // of luma, and of chroma
    // What is sent has more around what the ISP keeps: at least all that the driver's window needs,
    // which may reach beyond the height that it names (nobody reads that one).
    picture["width"] = std::max(
        {info->mbus_width, info->mipi.image_twidth, info->mipi.crop_x[0] + info->mbus_width});
    picture["height"] = std::max(
        {info->mbus_height, info->mipi.image_theight, info->mipi.crop_y[0] + info->mbus_height});
  }
  return picture;
}

// The wires that the driver counts on; null: a mosaic on MIPI.
Json port_of(const t31_sensor_info* info) {
  if (info == nullptr) return nullptr;
  if (info->bus == T31_BUS_MIPI) {
    return info->mipi.csi_format == kMipiYuv ? Json{{"bus", "mipi"}} : Json(nullptr);
  }
  constexpr const char* kBuses[] = {"dvp", "bt601", "bt656", "bt1120"};
  constexpr unsigned kFirstLines[] = {0, 2, 0, 0, 4};  // of the pin modes
  constexpr std::uint32_t kLow = 2, kSony = 2;
  Json port = {{"bus", kBuses[(info->bus - T31_BUS_DVP) & 3]}};
  if (info->bus == T31_BUS_DVP) {
    port["first_line"] = info->dvp.pins < std::size(kFirstLines) ? kFirstLines[info->dvp.pins] : 0;
    port["hsync"] = info->dvp.hsync_polarity == kLow ? "low" : "high";
    port["vsync"] = info->dvp.vsync_polarity == kLow ? "low" : "high";
    port["timing"] = info->dvp.timing == kSony ? "sony" : "href";
    if (info->mbus_code == 0x2011) port["samples"] = "yuv422";
  } else if (info->bus == T31_BUS_BT601) {
    port["wide"] = info->bt_bits == 1;
  }
  return port;
}

// The frame rate that the driver promises, of its own numbers.
Json timing_of(const t31_sensor_info* info) {
  if (info == nullptr) return {{"clock", 25000}};
  const std::uint32_t lines = std::max(info->total_height, info->mbus_height + 4);
  const std::uint32_t rate = (info->fps >> 16) / std::max(info->fps & 0xffff, 1U);
  constexpr std::uint32_t kClocks = 1000;
  return {{"clock", kClocks * lines * std::max(rate, 1U)},
          {"shortest_line", kClocks},
          {"shortest_frame", lines}};
}

}  // namespace

std::string describe_chip(const Source& source, const Chip& chip, const t31_sensor_info* info) {
  // Chips with pages have other registers where their identity is: a plain register, as in the
  // recorded runs.
  Json defaults = Json::object();
  for (const LineLength& line : kLineLengths) {
    if (source.name != line.name) continue;
    defaults[hex(line.high)] = hex(line.value >> 8);
    defaults[hex(line.low)] = hex(line.value & 0xff);
  }
  for (const auto& [reg, value] : chip.identity) defaults[hex(reg)] = hex(value);
  const Json json = {{"name", source.name},
                     {"address", chip.address},
                     {"address_bits", chip.address_bytes * 8},
                     {"data_bits", 16},
                     {"resets_high", chip.resets_high},
                     {"defaults", defaults},
                     {"picture", picture_of(info)},
                     {"timing", timing_of(info)}};
  Json description = {{"chip", json}, {"noise", false}, {"scene", {{"type", "flat"}}}};
  if (const Json port = port_of(info); !port.is_null()) description["port"] = port;
  return description.dump();
}

}  // namespace t31::sdk
